// A deployed exercise: the interface of both kinds, steady load and episodes.
import type { Cluster } from '../cluster/provider.ts'
import type { Exercise } from '../model/exercise.ts'
import type { MeasuredScenario } from '../model/run.ts'
import type { Testbed } from '../model/testbed.ts'
import type { Work } from '../model/work.ts'
import type { KnownRemedy } from './known-remedies.ts'
import type { LoadedScenario } from '../model/scenario.ts'
import type { Emit } from '../events/emit.ts'
import type { Cleanup } from '../measure/cleanup.ts'

/** The learner's namespace; its name does not reveal the incident. */
export const namespace = 'lab-exercise'

/** The arm of the learner's system. */
export const learnerArm = 'learner'

export interface Staging {
  readonly cluster: Cluster
  readonly testbed: Testbed
  readonly loaded: LoadedScenario
  readonly exercise: Exercise
  readonly cleanup: Cleanup
  readonly emit: Emit
}

export interface Staged {
  /** The node of the exercise; null: any. */
  readonly node: string | null
  readonly known: readonly KnownRemedy[]
  /** Deploys the incident, and resolves with the proof once it has occurred. A further call starts again. */
  readonly breakIt: (work: Work) => Promise<readonly string[]>
  /** Trials of control, of the incident, and of the learner's system; `changes`: the learner's changes, in words. */
  readonly measure: (work: Work, changes: string) => Promise<MeasuredScenario>
  /** Continuous requests per second of the client. */
  readonly rateRps: () => number
  /** The files of the known repair. */
  readonly solution: () => string
  /** Applies it. */
  readonly repair: (work: Work) => Promise<void>
}

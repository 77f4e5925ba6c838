// An exercise as it stands in the cluster: what both kinds of it, steady load and episodes, are asked to do.
import type { Cluster } from '../cluster/provider.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { Exercise } from '../model/exercise.ts'
import type { MeasuredScenario } from '../model/run.ts'
import type { Work } from '../model/work.ts'
import type { KnownRemedy } from './known-remedies.ts'
import type { LoadedScenario } from '../model/scenario.ts'
import type { Emit } from '../events/emit.ts'
import type { Cleanup } from '../measure/cleanup.ts'

/** The learner's namespace: its name says nothing of the incident. */
export const namespace = 'lab-exercise'

/** The arm that is what the learner has left. */
export const learnerArm = 'learner'

export interface Staging {
  readonly cluster: Cluster
  readonly shells: ReadonlyMap<string, NodeShell>
  /** A shell on a node of the control plane. The caller closes it. */
  readonly openAdminShell: () => NodeShell
  readonly loaded: LoadedScenario
  readonly exercise: Exercise
  readonly cleanup: Cleanup
  readonly emit: Emit
}

export interface Staged {
  /** Where all of it runs; null: nobody decides that. */
  readonly node: string | null
  readonly known: readonly KnownRemedy[]
  /** Deploys the incident, and resolves when it is there, with what showed it. Called again, it begins anew. */
  readonly breakIt: (work: Work) => Promise<readonly string[]>
  /** Trials of control, of the incident, and of what the learner has left; `changes`: what that is, in words. */
  readonly measure: (work: Work, changes: string) => Promise<MeasuredScenario>
  /** Requests a second that the client sends all the while. */
  readonly rateRps: () => number
  /** The known repair, as its files say it. */
  readonly solution: () => string
  /** Applies it. */
  readonly repair: (work: Work) => Promise<void>
}

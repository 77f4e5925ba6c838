// What measuring one scenario is told, whichever kind of trial it has.
import type { Cluster } from '../cluster/provider.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Work } from '../model/step.ts'
import type { LoadedScenario } from './load-scenarios.ts'

export interface ScenarioOrder extends Work {
  readonly loaded: LoadedScenario
  /** Names of the arms to run, control and incident among them. */
  readonly arms: readonly string[]
  readonly mode: 'quick' | 'full'
  /** Instead of the mode's own number. */
  readonly blocks: number | undefined
  readonly seed: number
  readonly cluster: Cluster
  /** Leave what was deployed as it is at the end. */
  readonly keep: boolean
  /** Called after every trial with the scenario as far as it is known. */
  readonly record: (run: ScenarioRun) => Promise<void>
}

// What measuring is told: how a run is to go, and of each scenario what of it.
import type { Cluster } from '../cluster/provider.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { EpisodeTrial, SteadyTrial } from '../model/scenario.ts'
import type { Work } from '../model/step.ts'
import type { LoadedScenario } from './load-scenarios.ts'
import type { PhaseBook } from './phases.ts'

export interface RunOrder extends Work {
  /** Scenarios of the run, those of episodes first. */
  readonly total: number
  readonly mode: 'quick' | 'full'
  /** Instead of the mode's own number. */
  readonly blocks: number | undefined
  readonly seed: number
  readonly cluster: Cluster
  /** Leave what was deployed as it is at the end. */
  readonly keep: boolean
  readonly phases: PhaseBook
}

export interface ScenarioOrder {
  readonly loaded: LoadedScenario
  /** Names of the arms to run, control and incident among them. */
  readonly arms: readonly string[]
  /** Called after every trial with the scenario as far as it is known. */
  readonly record: (run: ScenarioRun) => Promise<void>
}

export type SteadyScenario = ScenarioOrder & { readonly trial: SteadyTrial }
export type EpisodeScenario = ScenarioOrder & { readonly trial: EpisodeTrial }

// What measuring is given: how a run is to go, and what to measure of each scenario.
import type { Cluster } from '../cluster/provider.ts'
import type { MeasuredRun, MeasuredScenario } from '../model/run.ts'
import type { ChosenScenario, EpisodeTrial, SteadyTrial } from '../model/scenario.ts'
import type { Work } from '../model/work.ts'
import type { Emit } from '../events/emit.ts'
import type { Journal } from './journal.ts'
import type { PhaseBook } from './phases.ts'

export interface RunTask extends Work {
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
  /** What was measured of it before it was cut off; null: it begins. */
  readonly earlier: MeasuredRun | null
  /** Records all that is measured, as soon as it is. */
  readonly journal: Journal
  readonly observer: Observer
  /** What clean-up could not undo. */
  readonly leftBehind: string[]
}

/** Who watches a run while it goes on. */
export interface Observer {
  readonly emit: Emit
  /** All trials of a scenario are over. */
  readonly measured: (scenario: MeasuredScenario) => Promise<void>
}

/** Records that a scenario was measured to its end. */
export const measured = async ({ journal, observer }: RunTask, scenario: MeasuredScenario): Promise<void> => {
  await journal.describe(scenario)
  await observer.measured(scenario)
}

/** What was measured of a scenario before the run was cut off. */
export const earlierOf = ({ earlier }: Pick<RunTask, 'earlier'>, slug: string): MeasuredScenario | undefined =>
  earlier?.scenarios.find((scenario) => scenario.slug === slug)

export type SteadyScenario = ChosenScenario & { readonly trial: SteadyTrial }
export type EpisodeScenario = ChosenScenario & { readonly trial: EpisodeTrial }

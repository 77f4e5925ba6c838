// Input of measuring: the settings of the run, and what to measure of each scenario.
import type { Cluster } from '../cluster/provider.ts'
import type { MeasuredRun, MeasuredScenario } from '../model/run.ts'
import type { ChosenScenario, EpisodeTrial, SteadyTrial } from '../model/scenario.ts'
import type { Work } from '../model/work.ts'
import type { Emit } from '../events/emit.ts'
import type { Journal } from './journal.ts'
import type { PhaseBook } from './phases.ts'
import type { Turn } from './turn.ts'

export interface RunTask extends Work {
  /** Scenarios of the run, those of episodes first. */
  readonly total: number
  readonly mode: 'quick' | 'full'
  /** Instead of the mode's own number. */
  readonly blocks: number | undefined
  readonly episodes: number | undefined
  readonly turn: Turn
  readonly untilSettled: boolean
  /** No further block begins that would end later, in ms since the epoch; Infinity: no limit. */
  readonly endsBy: number
  /** The arms of these measurements whose verdict is decided. */
  readonly decided: (measured: MeasuredScenario) => ReadonlySet<string>
  readonly seed: number
  readonly cluster: Cluster
  /** Keep deployed objects at the end. */
  readonly keep: boolean
  readonly phases: PhaseBook
  /** Measurements before an interruption; null: a new run. */
  readonly earlier: MeasuredRun | null
  /** Records all measurements at once. */
  readonly journal: Journal
  readonly observer: Observer
  /** What clean-up could not undo. */
  readonly leftBehind: string[]
}

/** Observes a running run. */
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

/** Measurements of a scenario before the interruption. */
export const earlierOf = ({ earlier }: Pick<RunTask, 'earlier'>, slug: string): MeasuredScenario | undefined =>
  earlier?.scenarios.find((scenario) => scenario.slug === slug)

export type SteadyScenario = ChosenScenario & { readonly trial: SteadyTrial }
export type EpisodeScenario = ChosenScenario & { readonly trial: EpisodeTrial }

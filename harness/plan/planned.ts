// What is planned to be run, before anything is.
import type { Scenario } from '../model/scenario.ts'

/** A scenario, and the arms that are run of it. */
export interface Planned {
  readonly scenario: Scenario
  readonly arms: readonly string[]
}

/** The plan of a run. */
export interface Extent {
  readonly mode: 'quick' | 'full'
  /** Blocks of trials, instead of as many as the scenario says. */
  readonly blocks: number | undefined
}

export const blocksOf = ({ trial }: Scenario, { mode, blocks }: Extent): number => blocks ?? trial[mode].blocks

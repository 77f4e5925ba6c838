// How much of each scenario a run measures.
import type { Scenario } from '../model/scenario.ts'

export interface Extent {
  readonly mode: 'quick' | 'full'
  /** Blocks of trials, instead of as many as the scenario says. */
  readonly blocks: number | undefined
}

export const blocksOf = ({ trial }: Scenario, { mode, blocks }: Extent): number => blocks ?? trial[mode].blocks

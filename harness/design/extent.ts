// How much of each scenario a run measures, and when it may stop.
import type { Look } from '../model/design.ts'
import type { Scenario } from '../model/scenario.ts'

export interface Extent {
  readonly mode: 'quick' | 'full'
  /** Blocks of trials, instead of as many as the scenario says. */
  readonly blocks: number | undefined
  /** Whether arms without a verdict get the further blocks of the scenario. Default: they do not. */
  readonly untilSettled?: boolean
}

/**
 * The analyses of a run: one at its end, or with `untilSettled` one after the blocks of the mode and one after each of the scenario's further ones. The
 * first spends half of an arm's error, the others share the rest.
 */
export const looksOf = ({ trial }: Scenario, { mode, blocks, untilSettled = false }: Extent): readonly Look[] => {
  const first = blocks ?? trial[mode].blocks
  const further = untilSettled && trial.kind === 'steady' ? (trial[mode].looks ?? []) : []
  if (further.length === 0) return [{ blocks: first, share: 1 }]
  return [{ blocks: first, share: 1 / 2 }, ...further.map((each) => ({ blocks: each, share: 1 / 2 / further.length }))]
}

/** The most blocks that a run measures. */
export const blocksOf = (scenario: Scenario, extent: Extent): number => looksOf(scenario, extent).at(-1)?.blocks ?? 0

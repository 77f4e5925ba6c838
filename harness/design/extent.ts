// How much of each scenario a run measures, and when it may stop.
import type { Look } from '../model/design.ts'
import type { Scenario } from '../model/scenario.ts'

export interface Extent {
  readonly mode: 'quick' | 'full'
  /** Blocks of trials, instead of as many as the scenario says. */
  readonly blocks: number | undefined
  /** Episodes of each arm, instead of that number. */
  readonly episodes?: number | undefined
  /** Whether the run decides at the looks of the scenario, and arms with a verdict leave. Default: it decides once, at its end. */
  readonly untilSettled?: boolean
}

/**
 * The analyses of a run: one at its end, or with `untilSettled` one after each of the scenario's numbers of blocks. The first of them spends half of an
 * arm's error, the others share the rest.
 */
export const looksOf = ({ trial }: Scenario, { mode, blocks, episodes, untilSettled = false }: Extent): readonly Look[] => {
  const looks = untilSettled && trial.kind === 'steady' ? (trial[mode].looks ?? []) : []
  const asked = (trial.kind === 'episode' ? episodes : undefined) ?? blocks
  if (looks.length < 2) return [{ blocks: asked ?? trial[mode].blocks, share: 1 }]
  return looks.map((each, index) => ({ blocks: each, share: index === 0 ? 1 / 2 : 1 / 2 / (looks.length - 1) }))
}

/** The most blocks that a run measures. */
export const blocksOf = (scenario: Scenario, extent: Extent): number => looksOf(scenario, extent).at(-1)?.blocks ?? 0

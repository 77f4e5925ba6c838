// Whether a metric of an arm moved between runs, beyond the noise of all of them.
import { median } from 'simple-statistics'
import { inPairs, isRatio } from '../judge/combine.ts'
import { armOfKind } from '../model/arm-kind.ts'
import type { ScenarioRun } from '../model/run.ts'
import { logRatio } from '../stats/pair.ts'
import { clearOfSpread } from '../stats/compare.ts'
import { shiftOfSamples } from '../stats/mann-whitney.ts'
import { predictionReach } from '../stats/prediction.ts'
import type { MetricMove } from './run-diff.ts'

/**
 * Two runs are from two days, often from two machines: even as ratios to control, single arms then move by a quarter.
 * So a change below a half is no regression, however certain, unless the user sets another limit.
 */
export const usualLimit = 1.5

/** A smaller change or step of a trend does not count; the same limit as between two arms. */
export const smallestChange = 1.05

/** Blocks that a run needs at least. */
export const fewestBlocks = 3

/** The fewest older runs whose spread is meaningful. */
const fewestRuns = 3

/** Share of further runs that stay within the spread of a stable history. A run has dozens of metrics, so it is this high. */
const historyLevel = 0.99

/**
 * Metrics with a better direction, of an arm that both have; steady load only. A metric moved if its ratio differs from 1 by at least 5 %, and
 * - with three older runs or more: the newer run lies outside the 99 % prediction interval that their spread gives for one more run
 *   (the logarithm of the median block of each). This interval includes the noise within runs, which moves their medians;
 * - with fewer: the ratio is three A/A spreads of the newer run and of the newest older one together away from 1, and the exact 95 %
 *   interval of the ratio to the newest older run leaves out 1. With fewer than four blocks in a run there is none, and each block of one
 *   run has to lie on the same side of each block of the other.
 * It is worse, or better, if it moved by at least the limit.
 */
export const metricMoves = (
  name: string,
  older: readonly ScenarioRun[],
  newer: ScenarioRun,
  limit = usualLimit,
): Omit<MetricMove, 'acknowledged'>[] =>
  Object.entries(newer.metrics).flatMap(([metric, { better }]) => {
    const history = older.flatMap((run) => measured(run, name, metric) ?? [])
    const [last, after] = [history.at(-1), measured(newer, name, metric)]
    if (!better || !last || !after) return []
    const { basis, before, shift, interval, least, most, spread } =
      history.length < fewestRuns ? fromRun(last, after) : fromHistory(history, after)
    const noise = Math.max(spread, Math.log(smallestChange))
    const moved = Math.abs(shift) >= noise && (least > 0 || most < 0)
    const counts = Math.max(noise, Math.log(limit))
    return [
      {
        metric,
        answer: moved ? directionOf(shift > 0 === (better === 'lower'), Math.abs(shift) >= counts) : 'within-noise',
        basis,
        runs: history.length,
        older: Math.exp(before),
        newer: Math.exp(median(after.ratios)),
        ratio: Math.exp(shift),
        interval: interval && { low: Math.exp(least), high: Math.exp(most), level: interval.level },
        counts: Math.exp(counts),
        blocks: [last.ratios.length, after.ratios.length],
      },
    ]
  })

const directionOf = (isWorse: boolean, isOverLimit: boolean): MetricMove['answer'] => {
  if (isWorse) return isOverLimit ? 'worse' : 'worse-below-limit'
  return isOverLimit ? 'better' : 'better-below-limit'
}

interface Measured {
  /** ln(arm ÷ control), block by block. */
  readonly ratios: number[]
  /** The typical |ln ratio| of control against control. */
  readonly spread: number
}

/** Measurements of an arm in one run. Undefined: too few blocks, no A/A spread, or episodes. */
export const measured = (run: ScenarioRun, name: string, metric: string): Measured | undefined => {
  const ratios = ratiosOf(run, name, metric)
  const spread = run.spread[metric]?.ratio
  return run.method.episode || ratios.length < fewestBlocks || typeof spread !== 'number' ? undefined : { ratios, spread }
}

/** ln(arm ÷ control), block by block. */
export const ratiosOf = (scenario: ScenarioRun, name: string, metric: string): number[] => {
  const control = armOfKind(scenario, 'control')
  const arm = scenario.arms.find((each) => each.name === name)
  if (arm?.kind === 'control') return []
  return inPairs(arm?.metrics[metric], control?.metrics[metric]).filter(isRatio).map(logRatio)
}

interface Found {
  readonly basis: MetricMove['basis']
  readonly before: number
  /** Shift of the newer run, as a logarithm, like the two ends of its interval. */
  readonly shift: number
  readonly interval: { readonly level: number } | null
  readonly least: number
  readonly most: number
  /** The least shift that counts, as a logarithm. */
  readonly spread: number
}

const fromRun = (older: Measured, newer: Measured): Found => {
  const [before, after] = [older.ratios, newer.ratios]
  const { shift, interval } = shiftOfSamples(before, after)
  const [least, most] = interval
    ? [interval.low, interval.high]
    : [Math.min(...after) - Math.max(...before), Math.max(...after) - Math.min(...before)]
  const spread = clearOfSpread * Math.hypot(older.spread, newer.spread)
  return { basis: 'blocks', before: median(before), shift, interval, least, most, spread }
}

const fromHistory = (history: readonly Measured[], { ratios }: Measured): Found => {
  const { middle, reach } = predictionReach(
    history.map((run) => median(run.ratios)),
    historyLevel,
  )
  const shift = median(ratios) - middle
  return {
    basis: 'history',
    before: middle,
    shift,
    interval: { level: historyLevel },
    least: shift - reach,
    most: shift + reach,
    spread: 0,
  }
}

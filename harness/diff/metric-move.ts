// Whether a metric of an arm moved between two runs, beyond the noise of both.
import { median } from 'simple-statistics'
import { inPairs, isRatio } from '../judge/combine.ts'
import type { ScenarioRun } from '../model/run.ts'
import { logRatio } from '../stats/pair.ts'
import { clearOfSpread } from '../stats/compare.ts'
import { shiftOfSamples } from '../stats/mann-whitney.ts'
import type { MetricMove } from './run-diff.ts'

/**
 * Two runs are of two days, often of two machines: what a ratio to control does not cancel of that moves single arms by a quarter.
 * So a change below a half counts for nothing, however certain it is.
 */
const smallestChange = 1.5

/** Blocks that a run needs at least. */
const fewestBlocks = 3

/**
 * Metrics that say what is better, of an arm that both runs have; of steady load only. A metric moved if
 * - the exact 95 % interval of the ratio leaves out 1; with fewer than four blocks in a run there is none, and each block of one run has to
 *   lie on the same side of each block of the other, and
 * - the ratio is three A/A spreads of both runs together away from 1, and half as much again, or as little.
 */
export const metricMoves = (name: string, older: ScenarioRun, newer: ScenarioRun): MetricMove[] => {
  if (older.method.episode || newer.method.episode) return []
  return Object.entries(newer.metrics).flatMap(([metric, { better }]) => {
    const [before, after] = [ratiosOf(older, name, metric), ratiosOf(newer, name, metric)]
    const spreads = [older, newer].map(({ spread }) => spread[metric]?.ratio)
    if (!better || before.length < fewestBlocks || after.length < fewestBlocks) return []
    if (!spreads.every((each) => typeof each === 'number')) return []
    const { shift, interval } = shiftOfSamples(before, after)
    const counts = Math.max(clearOfSpread * Math.hypot(...spreads), Math.log(smallestChange))
    const [low, high] = interval
      ? [interval.low, interval.high]
      : [Math.min(...after) - Math.max(...before), Math.max(...after) - Math.min(...before)]
    const moved = Math.abs(shift) >= counts && (low > 0 || high < 0)
    const isWorse = shift > 0 === (better === 'lower')
    return [
      {
        metric,
        answer: moved ? (isWorse ? 'worse' : 'better') : 'within-noise',
        older: Math.exp(median(before)),
        newer: Math.exp(median(after)),
        ratio: Math.exp(shift),
        interval: interval && { low: Math.exp(interval.low), high: Math.exp(interval.high), level: interval.level },
        counts: Math.exp(counts),
        blocks: [before.length, after.length],
      },
    ]
  })
}

/** ln(arm ÷ control), block by block. */
export const ratiosOf = ({ arms }: ScenarioRun, name: string, metric: string): number[] => {
  const control = arms.find(({ kind }) => kind === 'control')
  const arm = arms.find((each) => each.name === name)
  if (arm?.kind === 'control') return []
  return inPairs(arm?.metrics[metric], control?.metrics[metric]).filter(isRatio).map(logRatio)
}

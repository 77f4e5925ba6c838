// Whether a metric moved between the two sides of a comparison, whose blocks alternated: block by block, without the noise between days.
import { median } from 'simple-statistics'
import { inPairs, isRatio } from '../judge/combine.ts'
import type { Run, ScenarioRun } from '../model/run.ts'
import { hodgesLehmann } from '../stats/hodges-lehmann.ts'
import { normalQuantile } from '../stats/normal.ts'
import { logRatio } from '../stats/pair.ts'
import type { Pair } from '../stats/pair.ts'
import { fewestBlocks as fewestFlippedBlocks, signFlips } from '../stats/sign-flips.ts'
import type { SignFlipTest } from '../stats/sign-flips.ts'
import { fewestBlocks, levelOfAll, power, smallestChange, usualLimit } from './metric-move.ts'
import type { ArmMove } from './metric-move.ts'
import type { MetricMove } from './run-diff.ts'

/** Whether these are base and change of one comparison. */
export const isPair = (older: readonly Run[], newer: Run): boolean => {
  const [base] = older
  return (
    older.length === 1 &&
    base?.comparison?.side === 'base' &&
    newer.comparison?.side === 'change' &&
    base.comparison.id === newer.comparison.id
  )
}

/** With fewer blocks no metric of a comparison can be judged. */
export const fewestPairedBlocks = fewestFlippedBlocks(levelOfAll)

/** A scenario on both sides. */
export type Sides = readonly [base: ScenarioRun, change: ScenarioRun]

/**
 * Metrics with a better direction, of all arms that both sides have; steady load only. A metric moved if its ratio differs from 1 by at least 5 %, and
 * the signs of whole blocks, flipped at random, move any metric of the comparison as far in at most 5 % of cases (`signFlips`). It is worse, or better,
 * if it moved by at least the limit.
 */
export const pairedMoves = (scenarios: readonly Sides[], limit = usualLimit): ArmMove[] => {
  const series = scenarios.flatMap(seriesOf)
  const tests = signFlips(
    series.map(({ metric, pairs }) => ({
      kind: metric,
      differences: new Map(pairs.map((pair) => [pair.block, logRatio(pair)])),
    })),
    levelOfAll,
  )
  return series.map((each, index) =>
    moveOf(each, each.pairs.length >= fewestPairedBlocks ? tests[index] : undefined, Math.log(limit)),
  )
}

interface Series {
  readonly scenario: string
  readonly arm: string
  readonly metric: string
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly pairs: readonly (Pair & { readonly block: number })[]
}

const seriesOf = ([base, change]: Sides): Series[] =>
  change.arms.flatMap(({ name, metrics }) => {
    const before = base.arms.find((arm) => arm.name === name)
    return Object.entries(metrics).flatMap(([metric, measured]) => {
      const better = change.metrics[metric]?.better
      const pairs = inPairs(measured, before?.metrics[metric]).filter(isRatio)
      if (!better || change.method.episode || pairs.length < fewestBlocks) return []
      return { scenario: change.slug, arm: name, metric, unit: measured.unit, better, pairs }
    })
  })

const moveOf = (
  { scenario, arm, metric, unit, better, pairs }: Series,
  test: SignFlipTest | undefined,
  limit: number,
): ArmMove => {
  const { shift, interval } = hodgesLehmann(pairs.map(logRatio))
  return {
    scenario,
    arm,
    move: {
      metric,
      unit,
      answer: test ? answerOf(shift, test.pValue, better, limit) : 'not-judged',
      runs: 1,
      older: median(pairs.map((pair) => pair.reference)),
      newer: median(pairs.map((pair) => pair.arm)),
      ratio: Math.exp(shift),
      interval: interval && { ...interval, low: Math.exp(interval.low), high: Math.exp(interval.high) },
      pValue: test?.pValue ?? null,
      detectable: test ? Math.exp(Math.max(test.reach ?? 0, limit) + normalQuantile(power) * test.error) : null,
      blocks: [pairs.length, pairs.length],
    },
  }
}

const answerOf = (shift: number, pValue: number, better: 'lower' | 'higher', limit: number): MetricMove['answer'] => {
  const size = Math.abs(shift)
  if (pValue > levelOfAll || size < Math.log(smallestChange)) return 'within-noise'
  const direction = shift > 0 === (better === 'lower') ? 'worse' : 'better'
  return size >= limit ? direction : `${direction}-below-limit`
}

// Whether a metric of an arm moved between runs, beyond how far runs of different days are apart.
import { mean, median, sampleVariance } from 'simple-statistics'
import { inPairs, isRatio } from '../judge/combine.ts'
import { armOfKind } from '../model/arm-kind.ts'
import type { ScenarioRun } from '../model/run.ts'
import { logRatio } from '../stats/pair.ts'
import { pooledVariances } from '../stats/pooled-variance.ts'
import type { SampleVariance } from '../stats/pooled-variance.ts'
import { predictionReach } from '../stats/prediction.ts'
import type { MetricMove } from './run-diff.ts'

/** A cluster can differ from another by itself, which no block shows. So a smaller change is no regression, unless the user sets another limit. */
export const usualLimit = 1.3

/** A smaller change or step of a trend does not count; the same limit as between two arms. */
export const smallestChange = 1.05

/** Blocks that a run needs at least. */
export const fewestBlocks = 3

/** The fewest older runs whose spread is meaningful. */
export const fewestRuns = 3

/** How often a comparison of unchanged runs may call any metric moved. */
export const levelOfAll = 0.05

/** How often a change of the size that is called detectable is found. */
export const power = 0.9

/** A scenario in the older runs that have it, at least one, oldest first; and in the newer run. */
export type InRuns = readonly [older: readonly ScenarioRun[], newer: ScenarioRun]

export interface ArmMove {
  readonly scenario: string
  readonly arm: string
  readonly move: Omit<MetricMove, 'acknowledged'>
}

/**
 * Metrics with a better direction, of arms that the newer run and an older one have; steady load only. A metric that fewer than three older
 * runs measured is not judged. Another one moved if its ratio differs from 1 by at least 5 %, and the newer run lies outside the prediction
 * interval for one more run of the logarithms of the median blocks. Its variance is pooled over the arms that have the metric; its level is
 * 5 % over the number of metrics that are judged (Bonferroni). It is worse, or better, if it moved by at least the limit.
 */
export const metricMoves = (scenarios: readonly InRuns[], limit = usualLimit): ArmMove[] => {
  const all = scenarios.flatMap(seriesOf)
  const judged = all.filter(({ history }) => history.length >= fewestRuns)
  const noises = pooledVariances(
    judged.map(({ metric, history }) => ({ kind: metric, variance: sampleVariance([...history]), degrees: history.length - 1 })),
  )
  const noiseOf = new Map(judged.map((series, index) => [series, noises[index]]))
  return all.map((series) => moveOf(series, noiseOf.get(series), 1 - levelOfAll / judged.length, limit))
}

interface Series {
  readonly scenario: string
  readonly arm: string
  readonly metric: string
  readonly better: 'lower' | 'higher'
  /** The median block of each older run, as a logarithm, oldest first. */
  readonly history: readonly number[]
  readonly newer: number
  readonly blocks: MetricMove['blocks']
}

const seriesOf = ([older, newer]: InRuns): Series[] =>
  newer.arms.flatMap(({ name: arm }) =>
    Object.entries(newer.metrics).flatMap(([metric, { better }]) => {
      const history = older.flatMap((run) => measured(run, arm, metric) ?? [])
      const after = measured(newer, arm, metric)
      if (!better || history.length === 0 || !after) return []
      return {
        scenario: newer.slug,
        arm,
        metric,
        better,
        history: history.map(({ middle }) => middle),
        newer: after.middle,
        blocks: [history.at(-1)?.blocks ?? 0, after.blocks] as MetricMove['blocks'],
      }
    }),
  )

const moveOf = (series: Series, noise: SampleVariance | undefined, level: number, limit: number): ArmMove => {
  const { scenario, arm, metric, better, history, newer, blocks } = series
  const before = mean([...history])
  const shift = newer - before
  const found = noise && findingOf(shift, noise, history.length, level, Math.log(limit))
  return {
    scenario,
    arm,
    move: {
      metric,
      unit: null,
      answer: found ? directionOf(found, shift > 0 === (better === 'lower')) : 'not-judged',
      runs: history.length,
      older: Math.exp(before),
      newer: Math.exp(newer),
      ratio: Math.exp(shift),
      interval: found ? { low: Math.exp(shift - found.reach), high: Math.exp(shift + found.reach), level } : null,
      pValue: null,
      detectable: found ? Math.exp(found.detectable) : null,
      blocks,
    },
  }
}

interface Finding {
  /** Half the width of the interval, as a logarithm. */
  readonly reach: number
  readonly detectable: number
  readonly isMoved: boolean
  readonly isOverLimit: boolean
}

const findingOf = (shift: number, noise: SampleVariance, runs: number, level: number, limit: number): Finding => {
  const reach = predictionReach(noise, runs, level)
  const size = Math.abs(shift)
  return {
    reach,
    detectable: Math.max(reach, limit) + predictionReach(noise, runs, 2 * power - 1), // of both sides, of which one matters
    isMoved: size > reach && size >= Math.log(smallestChange),
    isOverLimit: size >= limit,
  }
}

const directionOf = ({ isMoved, isOverLimit }: Finding, isWorse: boolean): MetricMove['answer'] => {
  if (!isMoved) return 'within-noise'
  if (isWorse) return isOverLimit ? 'worse' : 'worse-below-limit'
  return isOverLimit ? 'better' : 'better-below-limit'
}

/** The typical ln(arm ÷ control) of an arm in one run, and of how many blocks. Undefined: too few blocks, or episodes. */
export const measured = (
  run: ScenarioRun,
  name: string,
  metric: string,
): { readonly middle: number; readonly blocks: number } | undefined => {
  const ratios = ratiosOf(run, name, metric)
  return run.method.episode || ratios.length < fewestBlocks ? undefined : { middle: median(ratios), blocks: ratios.length }
}

/** ln(arm ÷ control), block by block. */
export const ratiosOf = (scenario: ScenarioRun, name: string, metric: string): number[] => {
  const control = armOfKind(scenario, 'control')
  const arm = scenario.arms.find((each) => each.name === name)
  if (arm?.kind === 'control') return []
  return inPairs(arm?.metrics[metric], control?.metrics[metric]).filter(isRatio).map(logRatio)
}

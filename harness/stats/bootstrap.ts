// Uncertainty of a statistic of blocks by resampling: the BCa bootstrap interval.
import { mean, quantileSorted, sum } from 'simple-statistics'
import type { Interval } from './hodges-lehmann.ts'
import { normalProbability, normalQuantile } from './normal.ts'
import { seeded } from './seeded.ts'
import type { Random } from './seeded.ts'

export interface BootstrapOptions {
  readonly seed: number
  readonly level?: number
  readonly resamplings?: number
}

/**
 * The bias-corrected and accelerated interval of any statistic of blocks (Efron 1987, "Better Bootstrap Confidence Intervals";
 * Efron and Tibshirani, An Introduction to the Bootstrap, 14.3). `level` is nominal: with few blocks the coverage is lower,
 * so arms are compared with `compare` instead. Statistics that never change give an interval that is a point.
 */
export const bootstrapInterval = <Block>(
  blocks: readonly Block[],
  statistic: (blocks: readonly Block[]) => number,
  { seed, level = 0.95, resamplings = 2000 }: BootstrapOptions,
): Interval => {
  const seen = statistic(blocks)
  if (blocks.every((block) => block === blocks[0])) return { low: seen, high: seen, level } // each resample is the same
  const random = seeded(seed)
  const resampled = Float64Array.from({ length: resamplings }, () => statistic(drawn(blocks, random))).toSorted()
  const bias = normalQuantile(shareBelow(resampled, seen))
  const skew = acceleration(blocks.map((_, left) => statistic(blocks.toSpliced(left, 1))))
  const at = (probability: number): number => {
    const moved = bias + normalQuantile(probability)
    const scale = 1 - skew * moved
    const corrected = scale > 0 ? normalProbability(bias + moved / scale) : Number(moved > 0)
    return quantileSorted([...resampled], corrected)
  }
  return { low: at((1 - level) / 2), high: at((1 + level) / 2), level }
}

const drawn = <Block>(blocks: readonly Block[], random: Random): Block[] =>
  blocks.map((block) => blocks[random.below(blocks.length)] ?? block)

/** Share of the resampled statistics below the observed one; ties count half. Never 0 or 1: at least half a sample. */
const shareBelow = (resampled: Float64Array, seen: number): number => {
  const share = mean(Array.from(resampled, (value) => (value < seen ? 1 : value === seen ? 0.5 : 0)))
  const half = 0.5 / resampled.length
  return Math.min(1 - half, Math.max(half, share))
}

/** From the leave-one-out statistics (Efron and Tibshirani, 14.15); 0 if all are equal. */
const acceleration = (leftOut: readonly number[]): number => {
  const middle = mean([...leftOut])
  const power = (exponent: number): number => sum(leftOut.map((value) => (middle - value) ** exponent))
  return power(2) === 0 ? 0 : power(3) / (6 * power(2) ** 1.5)
}

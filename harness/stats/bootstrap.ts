// Uncertainty of a statistic of blocks by resampling: the BCa bootstrap interval.
import { mean, median, quantileSorted, sum } from 'simple-statistics'
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
  const resampled = Float64Array.from({ length: resamplings }, () => statistic(drawn(blocks, random)))
  return corrected(
    resampled,
    seen,
    blocks.map((_, left) => statistic(blocks.toSpliced(left, 1))),
    level,
  )
}

/** The same of the median, several times as fast: a resample is how often each value was drawn, from the smallest to the largest. */
export const medianInterval = (
  values: readonly number[],
  { seed, level = 0.95, resamplings = 2000 }: BootstrapOptions,
): Interval => {
  const middle = (of: readonly number[]): number => median([...of])
  const seen = middle(values)
  if (values.every((value) => value === values[0])) return { low: seen, high: seen, level }
  const sorted = Float64Array.from(values).toSorted()
  const places = values.map((value) => sorted.indexOf(value)) // equal values share one
  const random = seeded(seed)
  const counts = new Uint32Array(values.length)
  const resampled = Float64Array.from({ length: resamplings }, () => {
    counts.fill(0)
    for (let drawing = 0; drawing < values.length; drawing++) {
      const place = places[random.below(values.length)] ?? 0
      counts[place] = (counts[place] ?? 0) + 1
    }
    return medianOf(sorted, counts)
  })
  return corrected(
    resampled,
    seen,
    values.map((_, left) => middle(values.toSpliced(left, 1))),
    level,
  )
}

/** Of as many values as there are, each of them drawn so many times. */
const medianOf = (sorted: Float64Array, counts: Uint32Array): number => {
  const [low, high] = [(sorted.length - 1) >> 1, sorted.length >> 1]
  let [place, drawn] = [0, counts[0] ?? 0]
  while (drawn <= low) drawn += counts[++place] ?? Infinity
  const lower = sorted[place] ?? NaN
  while (drawn <= high) drawn += counts[++place] ?? Infinity
  return high === low ? lower : lower + ((sorted[place] ?? NaN) - lower) / 2 // rounds as `median` does
}

/** From the resampled statistics and those that leave one block out. */
const corrected = (resampled: Float64Array, seen: number, leftOut: readonly number[], level: number): Interval => {
  const sorted = Array.from(resampled.toSorted())
  const bias = normalQuantile(shareBelow(sorted, seen))
  const skew = acceleration(leftOut)
  const at = (probability: number): number => {
    const moved = bias + normalQuantile(probability)
    const scale = 1 - skew * moved
    return quantileSorted(sorted, scale > 0 ? normalProbability(bias + moved / scale) : Number(moved > 0))
  }
  return { low: at((1 - level) / 2), high: at((1 + level) / 2), level }
}

const drawn = <Block>(blocks: readonly Block[], random: Random): Block[] =>
  blocks.map((block) => blocks[random.below(blocks.length)] ?? block)

/** Share of the resampled statistics below the observed one; ties count half. Never 0 or 1: at least half a sample. */
const shareBelow = (sorted: readonly number[], seen: number): number => {
  const below = sorted.filter((value) => value < seen).length
  const ties = sorted.filter((value) => value === seen).length
  const half = 0.5 / sorted.length
  return Math.min(1 - half, Math.max(half, (below + ties / 2) / sorted.length))
}

/** From the leave-one-out statistics (Efron and Tibshirani, 14.15); 0 if all are equal. */
const acceleration = (leftOut: readonly number[]): number => {
  const middle = mean([...leftOut])
  const power = (exponent: number): number => sum(leftOut.map((value) => (middle - value) ** exponent))
  return power(2) === 0 ? 0 : power(3) / (6 * power(2) ** 1.5)
}

// Whether an arm is better than its reference, worse, or equivalent.
import { hodgesLehmann, shiftPValue } from './hodges-lehmann.ts'
import type { Interval } from './hodges-lehmann.ts'
import { logRatio } from './pair.ts'
import type { Pair } from './pair.ts'
import { fewestBlocks } from './signed-rank.ts'

export interface CompareOptions {
  /** The direction of improvement. */
  readonly better?: 'lower' | 'higher'
  /** A change by less than this ratio, up or down, does not matter. */
  readonly margin?: number
  /** The typical |ln ratio| of control against control: `spreadOf(pairs).typical`. Only asked where there is no p-value. */
  readonly spread: number
  /** The p-value of no difference, adjusted for other comparisons; null: too few blocks for it. Default: of this comparison alone. */
  readonly p?: number | null
}

export interface Comparison {
  readonly answer: 'improved' | 'regressed' | 'equivalent' | 'inconclusive'
  /** Arm ÷ reference. */
  readonly ratio: number
  /** Of the ratio, at 95 % or a little more, of this comparison alone; null with fewer than 6 blocks. */
  readonly interval: Interval | null
  /** Of no difference; null: too few blocks, so that all of them had to agree. */
  readonly p: number | null
  readonly n: number
}

/** Rounding error: a log ratio this small counts as 0. */
const rounding = 1e-9

const level = 0.05

/** The p-value of no difference between two arms, of these pairs alone. */
export const pValueOf = (pairs: readonly Pair[]): number => shiftPValue(pairs.map(logRatio), rounding)

/** How many A/A spreads a shift must have if there are too few blocks for an interval. */
export const clearOfSpread = 3

/**
 * Compares two arms by the log ratios of their blocks (at least one pair), with the Hodges–Lehmann shift.
 * - `equivalent`: two one-sided tests at 5 % (Schuirmann 1987): the 90 % interval lies within the margin, up and down.
 * - else `improved` or `regressed`: the p-value of the exact signed-rank test is at most 5 %. With too few blocks for it
 *   every block, two at least, has to point the same way, and by three times the A/A spread and the margin.
 * - else `inconclusive`.
 */
export const compare = (
  pairs: readonly Pair[],
  { better = 'lower', margin = 1.05, spread, p = pairs.length < fewestBlocks(level) ? null : pValueOf(pairs) }: CompareOptions,
): Comparison => {
  const differences = pairs.map(logRatio)
  const { shift, interval } = hodgesLehmann(differences, 0.95)
  const isSame = pairs.length >= fewestBlocks(level) && liesWithin(hodgesLehmann(differences, 0.9).interval, Math.log(margin))
  const isShifted = p === null ? isUnanimous(differences, shift, Math.max(clearOfSpread * spread, Math.log(margin))) : p <= level
  const shifted = shift < 0 === (better === 'lower') ? 'improved' : 'regressed'
  const answer = isSame ? 'equivalent' : isShifted ? shifted : 'inconclusive'
  return {
    answer,
    ratio: Math.exp(shift),
    interval: interval && { low: Math.exp(interval.low), high: Math.exp(interval.high), level: interval.level },
    n: pairs.length,
    p,
  }
}

const liesWithin = (interval: Interval | null, bound: number): boolean =>
  interval !== null && interval.low > -bound && interval.high < bound

/** Checks each block, not their median: with two or three blocks a single odd one would decide the median. */
const isUnanimous = (differences: readonly number[], shift: number, least: number): boolean =>
  differences.length > 1 && differences.every((each) => each * Math.sign(shift) >= Math.max(least, rounding))

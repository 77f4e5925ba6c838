// Difference of two paired arms, without assuming normality: the Hodges–Lehmann shift and its exact interval.
import { medianSorted } from 'simple-statistics'
import { signedRankCritical, signedRankPValue } from './signed-rank.ts'

/** `level` is the actual confidence, at least the requested one. */
export interface Interval {
  readonly low: number
  readonly high: number
  readonly level: number
}

export interface Shift {
  readonly shift: number
  /** Null if there are too few differences for the requested level: 95 % needs 6. */
  readonly interval: Interval | null
}

/** In floating point 1 − 0.9 is slightly less than 0.1. */
const rounding = 1e-12

/** The sorted means of all pairs of differences, including each with itself. */
const walshAverages = (differences: readonly number[]): number[] => {
  const averages = new Float64Array((differences.length * (differences.length + 1)) / 2) // sorts numbers many times as fast as an array
  let count = 0
  for (const [index, one] of differences.entries())
    for (const other of differences.slice(index)) averages[count++] = (one + other) / 2
  return Array.from(averages.toSorted())
}

/**
 * The median of the Walsh averages of the differences (at least one), and between which two of them the shift lies. Exact
 * for whatever distribution is symmetric (Hollander and Wolfe, Nonparametric Statistical Methods, 3.2 and 3.3).
 */
export const hodgesLehmann = (differences: readonly number[], level = 0.95): Shift => {
  const values = walshAverages(differences)
  const shift = medianSorted(values)
  const critical = signedRankCritical(differences.length, 1 - level + rounding)
  if (critical === null) return { shift, interval: null }
  const [low, high] = [values[critical.sum] ?? shift, values.at(-1 - critical.sum) ?? shift]
  return { shift, interval: { low, high, level: 1 - critical.alpha } }
}

/**
 * Two-sided p-value of no shift, the inversion of that interval: how rare Walsh averages on the smaller side of 0 are as few as these. Averages
 * within `nearZero` count for both sides.
 */
export const shiftPValue = (differences: readonly number[], nearZero: number): number => {
  const averages = walshAverages(differences)
  const [down, up] = [averages.filter((each) => each <= nearZero).length, averages.filter((each) => each >= -nearZero).length]
  return signedRankPValue(Math.min(down, up), differences.length)
}

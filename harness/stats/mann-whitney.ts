// Difference of two unpaired samples, without assuming normality: the two-sample Hodges–Lehmann shift and its exact interval.
import { shiftOf } from './hodges-lehmann.ts'
import type { Shift } from './hodges-lehmann.ts'
import { criticalOf } from './signed-rank.ts'

/**
 * Probability of each value 0, 1, … mn of Mann and Whitney's U when both samples come from one distribution: every choice of m of the
 * m + n ranks is equally likely (Hollander and Wolfe, Nonparametric Statistical Methods, 4.1).
 */
export const mannWhitneyDistribution = (m: number, n: number): readonly number[] => {
  const ways = Array.from({ length: m + 1 }, () => Array.from({ length: m * n + 1 }, () => 0))
  const none = ways[0]
  if (none) none[0] = 1
  // The k-th rank that is chosen, being the r-th of all, has r − k of the other sample below it.
  for (let rank = 1; rank <= m + n; rank++)
    for (let chosen = Math.min(m, rank); chosen >= Math.max(1, rank - n); chosen--) {
      const [from = [], to = []] = [ways[chosen - 1], ways[chosen]]
      const below = rank - chosen
      for (let u = m * n; u >= below; u--) to[u] = (to[u] ?? 0) + (from[u - below] ?? 0)
    }
  const counts = ways[m] ?? []
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => count / all)
}

/**
 * How far `newer` lies above `older`, each with one value at least: the median of all differences of a pair, and between which two of them
 * the shift lies (Hollander and Wolfe, 4.2 and 4.3). At 95 % the interval takes 4 values of each, or 3 and 5.
 */
export const shiftOfSamples = (older: readonly number[], newer: readonly number[]): Shift => {
  const differences = newer.flatMap((one) => older.map((other) => one - other)).toSorted((a, b) => a - b)
  return shiftOf(differences, 0.95, (alpha) => criticalOf(mannWhitneyDistribution(older.length, newer.length), alpha))
}

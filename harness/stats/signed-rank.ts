// Wilcoxon's signed-rank statistic when there is no difference: its exact distribution, without tables or approximation.

/**
 * Probability of each value 0, 1, … n(n+1)/2 of the sum of the ranks with a positive sign, when every sign is a fair coin.
 * Rank by rank: it either adds to the sum or it does not (Hollander and Wolfe, Nonparametric Statistical Methods, 3.1).
 */
export const signedRankDistribution = (n: number): Float64Array => {
  const chances = new Float64Array((n * (n + 1)) / 2 + 1)
  chances[0] = 1
  for (let rank = 1; rank <= n; rank++)
    for (let sum = (rank * (rank + 1)) / 2; sum >= 0; sum--) chances[sum] = ((chances[sum] ?? 0) + (chances[sum - rank] ?? 0)) / 2 // from above, so that a rank adds once
  return chances
}

/** Two-sided p-value of the smaller rank sum; exact where no difference is zero and no two are equally large. */
export const signedRankPValue = (smallerSum: number, n: number): number => Math.min(1, 2 * atMost(smallerSum, n))

/**
 * The largest smaller rank sum that is significant at the two-sided `alpha`, as printed in tables (6 blocks at 0.05: 0), and
 * the level it really has, `alpha` or less. Null when even a rank sum of 0 is not rare enough: 5 blocks or fewer at 0.05.
 */
export const signedRankCritical = (n: number, alpha: number): Critical | null => {
  const key = `${n} ${alpha}`
  const before = known.get(key)
  if (before !== undefined) return before
  const critical = criticalOf(signedRankDistribution(n), alpha)
  known.set(key, critical)
  return critical
}

/** The fewest blocks for which there is an exact interval at this two-sided level: all of them on one side are rare enough. */
export const fewestBlocks = (alpha: number): number => Math.ceil(1 - Math.log2(alpha))

export interface Critical {
  readonly sum: number
  readonly alpha: number
}

/** Cached: the distribution takes n³ steps, and callers repeat the same n. */
const known = new Map<string, Critical | null>()

const criticalOf = (distribution: ArrayLike<number>, alpha: number): Critical | null => {
  let below = 0
  for (let sum = 0; sum < distribution.length; sum++) {
    const chance = distribution[sum] ?? 0
    if (2 * (below + chance) > alpha) return sum === 0 ? null : { sum: sum - 1, alpha: 2 * below }
    below += chance
  }
  return null
}

const atMost = (sum: number, n: number): number => {
  const distribution = distributions.get(n) ?? signedRankDistribution(n)
  distributions.set(n, distribution)
  return distribution.slice(0, sum + 1).reduce((all, chance) => all + chance, 0)
}

const distributions = new Map<number, Float64Array>()

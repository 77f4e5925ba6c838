// Several comparisons at once: p-values adjusted so that one false difference among all of them is as rare as one alone would be.

/**
 * Holm's step-down (1979, "A simple sequentially rejective multiple test procedure"): at most a share of `level` of families contains a false
 * difference where those with an adjusted p of `level` or less are called different, whatever their dependence. `family`: how many comparisons
 * there are, with those that have no p-value.
 */
export const holm = (pValues: readonly number[], family = pValues.length): number[] => {
  const adjusted = pValues.map(() => 1)
  let largest = 0
  const ordered = pValues.map((p, index) => ({ p, index })).toSorted((a, b) => a.p - b.p)
  for (const [rank, { p, index }] of ordered.entries()) {
    largest = Math.max(largest, Math.min(1, (family - rank) * p))
    adjusted[index] = largest
  }
  return adjusted
}

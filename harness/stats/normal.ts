// The standard normal distribution: its cumulative probability and its quantiles.
import { bisect, errorFunction } from 'simple-statistics'

/** Probability of a value below z. The error function is that of Numerical Recipes (6.2), right to 1.2e-7. */
export const normalProbability = (z: number): number => 0.5 + 0.5 * errorFunction(z / Math.SQRT2)

/** The z below which a value lies with this probability; the ends, 0 and 1, are nine standard deviations away. */
export const normalQuantile = (probability: number): number => {
  if (probability <= 0) return -9
  if (probability >= 1) return 9
  return bisect((z) => normalProbability(z) - probability, -9, 9, 100, 1e-12)
}

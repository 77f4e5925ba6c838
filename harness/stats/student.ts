// Student's t distribution: how likely a value as far from 0 is, and how far the likely ones reach.
import { bisect, gammaln } from 'simple-statistics'

/**
 * Probability of a value as far from 0 as `t`, or farther, on either side; degrees of freedom need not be whole. The regularized incomplete
 * beta function of ν ÷ (ν + t²) with ν/2 and ½ (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.1 and 26.5.27); 1e-15 at least.
 */
export const studentTail = (t: number, degrees: number): number =>
  Number.isFinite(t) ? Math.min(1, Math.max(smallest, tailOf(t * t, degrees))) : smallest

const smallest = 1e-15

/** The continued fraction converges fast only on one side of the distribution's middle; the other is 1 less its mirror image. */
const tailOf = (square: number, degrees: number): number => {
  const [beyond, within] = [degrees / (degrees + square), square / (degrees + square)]
  const [a, b] = [degrees / 2, 1 / 2]
  return beyond < (a + 1) / (a + b + 2) ? incompleteBeta(beyond, within, a, b) : 1 - incompleteBeta(within, beyond, b, a)
}

/**
 * Regularized incomplete beta function of x, where y = 1 − x: the continued fraction of Abramowitz and Stegun, 26.5.8, by the method of Lentz
 * (Press and others, Numerical Recipes, 6.4).
 */
const incompleteBeta = (x: number, y: number, a: number, b: number): number => {
  if (x === 0) return 0
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log(y)) / a
  let [above, below] = [1, 1 / nonZero(1 - ((a + b) * x) / (a + 1))]
  let fraction = below
  const extend = (term: number): void => {
    below = 1 / nonZero(1 + term * below)
    above = nonZero(1 + term / above)
    fraction *= above * below
  }
  for (let m = 1; m <= mostTerms && Math.abs(above * below - 1) > precision; m++) {
    extend((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)))
    extend((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)))
  }
  return front * fraction
}

const mostTerms = 10_000
const precision = 1e-15
const nonZero = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value)

/** How far from 0 values are at most with this probability, such as 0.99. */
export const studentReach = (level: number, degrees: number): number => {
  const key = `${level} ${degrees}`
  const reach = known.get(key) ?? bisect((t) => 1 - level - studentTail(t, degrees), 0, 1e6, 200, 1e-9)
  known.set(key, reach)
  return reach
}

/** Cached: all metrics of a comparison ask for the same few. */
const known = new Map<string, number>()

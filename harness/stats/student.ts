// Student's t distribution with whole degrees of freedom: how likely a value as far from 0 is, and how far the likely ones reach.
import { bisect } from 'simple-statistics'

/**
 * Probability of a value as far from 0 as `t`, or farther, on either side. Finite sums of cosines, exact for whole degrees of freedom
 * (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4); 1e-15 at least, which is where doubles end.
 */
export const studentTail = (t: number, degrees: number): number => {
  if (!Number.isFinite(t)) return smallest
  const angle = Math.atan(Math.abs(t) / Math.sqrt(degrees))
  const isOdd = degrees % 2 === 1
  let term = isOdd ? Math.cos(angle) : 1
  let terms = degrees === 1 ? 0 : term
  for (let factor = isOdd ? 2 : 1; factor <= degrees - 3; factor += 2) {
    term *= (factor / (factor + 1)) * Math.cos(angle) ** 2
    terms += term
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * terms) : Math.sin(angle) * terms
  return Math.min(1, Math.max(smallest, 1 - within))
}

const smallest = 1e-15

/** How far from 0 values are at most with this probability, such as 0.99. */
export const studentReach = (level: number, degrees: number): number =>
  bisect((t) => 1 - level - studentTail(t, degrees), 0, 1e6, 200, 1e-9)

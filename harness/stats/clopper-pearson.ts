// Uncertainty of a share observed as k of n: the exact interval of Clopper and Pearson, Biometrika 26 (1934).
import { bisect, sum } from 'simple-statistics'

/** Every share under which k or more, and k or fewer, of n are each at least (1 - level) / 2 likely. */
export const clopperPearson = (k: number, n: number, level = 0.95): { low: number; high: number; level: number } => {
  const tail = (1 - level) / 2
  const share = (excess: (share: number) => number): number => bisect(excess, 1e-12, 1 - 1e-12, 200, 1e-12)
  return {
    low: k === 0 ? 0 : share((each) => atMost(n - k, n, 1 - each) - tail), // k or more successes are n - k or fewer failures
    high: k === n ? 1 : share((each) => atMost(k, n, each) - tail),
    level,
  }
}

/**
 * Chance of k or fewer successes in n trials. In logarithms: (1 - share)^n alone is below the smallest double from n = 91 on. Not
 * simple-statistics' binomialDistribution: it leaves out what is rarer than 1e-4.
 */
const atMost = (k: number, n: number, share: number): number => {
  let term = n * Math.log1p(-share)
  const terms = [term]
  for (let successes = 1; successes <= k; successes++) {
    term += Math.log((n - successes + 1) / successes) + Math.log(share) - Math.log1p(-share)
    terms.push(term)
  }
  const largest = terms.reduce((most, each) => Math.max(most, each), -Infinity)
  return Math.min(1, Math.exp(largest) * sum(terms.map((each) => Math.exp(each - largest))))
}

// How sure a share is that was seen in k of n: the exact interval of Clopper and Pearson, Biometrika 26 (1934).
import { bisect } from 'simple-statistics'

/** Every share under which k or more, and k or fewer, of n are each at least (1 - level) / 2 likely. */
export const clopperPearson = (k: number, n: number, level = 0.95): { low: number; high: number; level: number } => {
  const tail = (1 - level) / 2
  const share = (excess: (share: number) => number): number => bisect(excess, 1e-12, 1 - 1e-12, 200, 1e-12)
  return {
    low: k === 0 ? 0 : share((each) => 1 - atMost(k - 1, n, each) - tail),
    high: k === n ? 1 : share((each) => atMost(k, n, each) - tail),
    level,
  }
}

/** Chance of k or fewer successes in n trials. Not simple-statistics' binomialDistribution: it leaves out what is rarer than 1e-4. */
const atMost = (k: number, n: number, share: number): number => {
  let chance = (1 - share) ** n
  let sum = chance
  for (let successes = 1; successes <= k; successes++) {
    chance *= ((n - successes + 1) / successes) * (share / (1 - share))
    sum += chance
  }
  return sum
}

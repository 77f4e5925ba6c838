// The requests of a simulated load: when each arrives, and how much CPU time it takes.
import { normalQuantile } from '../stats/normal.ts'
import { seeded } from '../stats/seeded.ts'
import type { CpuQuotaInput } from './cpu-quota.ts'

export interface Requests {
  /** The last one only ends the run. */
  readonly arrivalsMs: readonly number[]
  readonly costsMs: readonly number[]
  /** Offset of the pod's periods from its container's: nothing aligns the two. */
  readonly podPhaseMs: number
  readonly tickPhaseMs: number
}

export const warmUpRequests = 20
const leastRequests = 40
const leastPeriods = 60
const evenWork = 240_000 // events, about
const phases = { least: 4, most: 200 }
const poisson = { runs: 10, requests: 2000 }

/** Several runs. Evenly spaced arrivals start at many phases of the period, spread evenly, so that the answer does not depend on one. */
export const requestsOf = (input: CpuQuotaInput): Requests[] => {
  const { costMs, rateRps, periodMs, tickMs, arrivals, seed } = input
  const gapMs = 1000 / rateRps
  const measured = Math.max(leastRequests, Math.ceil((leastPeriods * periodMs) / gapMs))
  const eventsOfOne = Math.max(6, Math.min(gapMs, costMs * 100) / periodMs) // a slow request is throttled in many periods
  const evenRuns = Math.min(phases.most, Math.max(phases.least, Math.round(evenWork / (measured * eventsOfOne))))
  const runs = arrivals === 'even' ? evenRuns : poisson.runs
  const requests = warmUpRequests + (arrivals === 'even' ? measured : poisson.requests)
  const random = seeded(seed)
  return Array.from({ length: runs }, (_, run) => {
    let atMs = ((run + 0.5) / runs) * periodMs
    const arrivalsMs = Array.from({ length: requests + 1 }, (_each, index) => {
      if (index > 0) atMs += arrivals === 'even' ? gapMs : -Math.log(1 - random.share()) * gapMs
      return atMs
    })
    return {
      arrivalsMs,
      costsMs: costsOf(input, requests, random.below),
      podPhaseMs: ((run * goldenRatio) % 1) * periodMs,
      tickPhaseMs: ((run * Math.SQRT2) % 1) * tickMs,
    }
  })
}

/** Its multiples are spread evenly over the period, however many there are, as those of any irrational number (Weyl 1916). */
const goldenRatio = (Math.sqrt(5) - 1) / 2

/** Quantiles of the normal distribution from which costs are drawn: many times as fast as a new one for each. */
const quantiles = Array.from({ length: 500 }, (_, index) => normalQuantile((index + 0.5) / 500))

/** Log-normal, with the cost as its mean and the spread as its coefficient of variation. */
const costsOf = ({ costMs, spread }: CpuQuotaInput, count: number, below: (limit: number) => number): number[] => {
  const sigma = Math.sqrt(Math.log1p(spread ** 2))
  return Array.from({ length: count }, () => {
    const z = spread === 0 ? 0 : (quantiles[below(quantiles.length)] ?? 0)
    return costMs * Math.exp(sigma * z - sigma ** 2 / 2)
  })
}

// What a CPU limit does to latency: the kernel's CFS bandwidth control as a simulation of its events. Pure, and seeded.
import { quantileSorted } from 'simple-statistics'
import * as z from 'zod'
import { seeded } from '../stats/seeded.ts'
import type { Model } from './model.ts'

/** A service and its load. */
export const CpuQuotaInput = z.strictObject({
  costMs: z.number().positive().describe('CPU time of a request'),
  limitMillicores: z.number().positive().nullable().describe('limits.cpu; null: none'),
  podLimitMillicores: z
    .number()
    .positive()
    .nullable()
    .optional()
    .describe(
      "the sum of its containers' limits, which the kubelet sets on the pod as well, if all have one; left out: limitMillicores",
    ),
  periodMs: z.number().min(1).max(1000).default(100).describe('the length of a quota period; what the kernel allows'),
  rateRps: z.number().positive(),
  tickMs: z.number().nonnegative().default(4).describe('how often the kernel checks usage: CONFIG_HZ=250; 0: at once'),
  arrivals: z.enum(['even', 'poisson']).default('even'),
  workers: z
    .int()
    .positive()
    .default(1)
    .describe(
      'requests served at the same time, each on its own CPU, the others in order of arrival; 1: a single-threaded process',
    ),
  seed: z.int().nonnegative().default(1).describe('decides Poisson arrivals'),
})
export type CpuQuotaInput = z.infer<typeof CpuQuotaInput>

/** A service and its load, whatever its limit. */
export type Service = Omit<z.input<typeof CpuQuotaInput>, 'limitMillicores' | 'podLimitMillicores'>

export interface CpuQuotaPrediction {
  /** From arrival to reply; null if requests arrive faster than they can be served. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number } | null
  /** nr_throttled ÷ nr_periods of cpu.stat, 0 to 1. */
  readonly throttledRatio: number
  /** Wall-clock time with work but without quota, per arrived request. */
  readonly throttledMsPerRequest: number
  /** CPU time used ÷ CPU time granted, 0 to 1; null without a limit. */
  readonly useOfLimit: number | null
  readonly overloaded: boolean
}

/**
 * Simulates the bandwidth control of kernel/sched/fair.c: each period grants limit × period of CPU time, kept for no later
 * one; a process that has used it up waits for the next. A timer counts the periods (nr_periods) while there is something to count,
 * and one idle period more; `nr_throttled` counts those at whose end work was waiting.
 *
 * A pod is a cgroup too: where every container has a limit, the kubelet sets the sum of them on the pod. It has periods of its
 * own, which nothing aligns with the container's, so a request waits for whichever of the two grants more last.
 *
 * The kernel notices at a tick that a quota is used up, and takes the overrun off the next period: a request that misses by
 * less than a tick may get away. Left out: the quota is handed to each CPU in slices of 5 ms, of which an idle CPU keeps 1 ms;
 * and all that is not CPU time.
 */
export const predictCpuQuota = (given: z.input<typeof CpuQuotaInput>): CpuQuotaPrediction => {
  const input = CpuQuotaInput.parse(given)
  const { limitMillicores, workers } = input
  const neededMillicores = input.rateRps * input.costMs
  const capacityMillicores = Math.min(limitMillicores ?? Number.POSITIVE_INFINITY, workers * 1000)
  const useOfLimit = limitMillicores && Math.min(neededMillicores, capacityMillicores) / limitMillicores
  if (neededMillicores >= capacityMillicores * (1 - rounding))
    return { latencyMs: null, ...alwaysBusy(input), useOfLimit, overloaded: true }
  const seen = runsOf(input).map((run) => simulate(input, run))
  const latenciesMs = seen.flatMap((each) => each.latenciesMs).toSorted((a, b) => a - b)
  const total = (of: (each: Tally) => number): number => seen.reduce((sum, each) => sum + of(each), 0)
  const periods = total((each) => each.periods)
  return {
    latencyMs: {
      p50: quantileSorted(latenciesMs, 0.5),
      p99: quantileSorted(latenciesMs, 0.99),
      max: latenciesMs.at(-1) ?? Number.NaN,
    },
    throttledRatio: periods === 0 ? 0 : total((each) => each.throttledPeriods) / periods,
    throttledMsPerRequest: total((each) => each.throttledMs) / latenciesMs.length,
    useOfLimit,
    overloaded: false,
  }
}

/**
 * Compared with measurements. From the healthy control: the CPU time of a request, and its other time (its median
 * latency less that time: network, wake-ups), which is added to each latency. From each arm: the quotas in its cgroups.
 */
export const model: Model = {
  about:
    'It simulates the kernel’s CFS bandwidth control event by event, for the container and for its pod: each period grants limit × period ' +
    'of CPU time, kept for no later one, and a process that has used it up waits for the next. What is not CPU time is taken over from control. ' +
    'It knows nothing of neighbours. When the two periods end relative to each other it cannot know either, and averages over it: that moves p50, not p99.',
  figures: {
    cpu_ms_per_request: { label: 'CPU time per request', unit: 'ms' },
    besides_ms: { label: 'time besides CPU time', unit: 'ms' },
    rate_rps: { label: 'rate', unit: 'requests/s', decimals: 1 },
  },
  learn: (control, rateRps) => {
    const [costMs, p50] = [control['cpu_ms_per_request']?.value ?? 0, control['latency_p50']?.value ?? 0]
    if (costMs <= 0 || p50 <= 0) return undefined
    return { cpu_ms_per_request: costMs, besides_ms: Math.max(0, p50 - costMs), rate_rps: rateRps }
  },
  predict: ({ cpu_ms_per_request: costMs = 0, besides_ms: besidesMs = 0, rate_rps: rateRps = 0 }, arm) => {
    const limitMillicores = arm['cpu_limit_millicores']?.value ?? null
    const podLimitMillicores = arm['pod_cpu_limit_millicores']?.value ?? null
    const predicted = predictCpuQuota({ costMs, rateRps, limitMillicores, podLimitMillicores })
    const { latencyMs, throttledRatio, throttledMsPerRequest } = predicted
    return {
      ...(latencyMs && { latency_p50: latencyMs.p50 + besidesMs, latency_p99: latencyMs.p99 + besidesMs }),
      throttled_ratio: throttledRatio,
      throttled_ms_per_request: throttledMsPerRequest,
    }
  },
}

/** Rounding error in ms: shorter times count as 0. */
const rounding = 1e-7

/** In a lasting overload every worker is busy: it is throttled in each period if the limit is the bottleneck. */
const alwaysBusy = ({ limitMillicores, periodMs, workers, costMs }: CpuQuotaInput) => {
  const isLimited = limitMillicores !== null && limitMillicores < workers * 1000
  if (!isLimited) return { throttledRatio: 0, throttledMsPerRequest: 0 }
  const quotaMs = (limitMillicores / 1000) * periodMs
  return { throttledRatio: 1, throttledMsPerRequest: (periodMs - quotaMs / workers) / (quotaMs / costMs) }
}

const warmUpRequests = 20
const leastRequests = 40
const leastPeriods = 60
const evenWork = 240_000 // events, about
const phases = { least: 4, most: 200 }
const poisson = { runs: 10, requests: 2000 }

/**
 * Arrival times in ms, for several runs. Evenly spaced ones start at many phases of the period, spread evenly, so that
 * the answer does not depend on one. The last arrival only ends the run.
 */
const runsOf = ({ costMs, rateRps, periodMs, tickMs, arrivals, seed }: CpuQuotaInput): Run[] => {
  const gapMs = 1000 / rateRps
  const measured = Math.max(leastRequests, Math.ceil((leastPeriods * periodMs) / gapMs))
  const eventsOfOne = Math.max(6, Math.min(gapMs, costMs * 100) / periodMs) // a slow request is throttled in many periods
  const evenRuns = Math.min(phases.most, Math.max(phases.least, Math.round(evenWork / (measured * eventsOfOne))))
  const runs = arrivals === 'even' ? evenRuns : poisson.runs
  const requests = warmUpRequests + (arrivals === 'even' ? measured : poisson.requests)
  return Array.from({ length: runs }, (_, run) => {
    const random = seeded(seed + run)
    let atMs = ((run + 0.5) / runs) * periodMs
    const times = Array.from({ length: requests + 1 }, (_each, index) => {
      if (index > 0) atMs += arrivals === 'even' ? gapMs : -Math.log(1 - random.share()) * gapMs
      return atMs
    })
    return { arrivals: times, podPhaseMs: ((run * goldenRatio) % 1) * periodMs, tickPhaseMs: ((run * Math.SQRT2) % 1) * tickMs }
  })
}

/** Its multiples are spread evenly over the period, however many there are, as those of any irrational number (Weyl 1916). */
const goldenRatio = (Math.sqrt(5) - 1) / 2

interface Run {
  readonly arrivals: readonly number[]
  /** Offset of the pod's periods from its container's: nothing aligns the two. */
  readonly podPhaseMs: number
  readonly tickPhaseMs: number
}

/** Of the requests after the warm-up, and of the time in which they came. */
interface Tally {
  readonly latenciesMs: number[]
  readonly periods: number
  readonly throttledPeriods: number
  readonly throttledMs: number
}

/** A cgroup's bandwidth: what is left of the period's quota, and the timer that refills it. */
interface Quota {
  readonly perPeriodMs: number
  /** Periods end at this offset from the multiples of the period. */
  readonly phaseMs: number
  leftMs: number
  isThrottled: boolean
  wasIdle: boolean
  /** Next time the timer fires; infinite while it is stopped. */
  boundaryMs: number
}

const quotaOf = (millicores: number, periodMs: number, phaseMs: number): Quota => {
  const perPeriodMs = (millicores / 1000) * periodMs
  return { perPeriodMs, phaseMs, leftMs: perPeriodMs, isThrottled: false, wasIdle: false, boundaryMs: Number.POSITIVE_INFINITY }
}

/** Like do_sched_cfs_period_timer; returns whether the period that ended was throttled. */
const endPeriod = (quota: Quota, periodMs: number): boolean => {
  const { isThrottled, wasIdle } = quota
  quota.leftMs = quota.perPeriodMs + Math.min(0, quota.leftMs)
  quota.isThrottled = false
  quota.wasIdle = !isThrottled
  quota.boundaryMs = wasIdle && !isThrottled ? Number.POSITIVE_INFINITY : quota.boundaryMs + periodMs
  return isThrottled
}

const simulate = (input: CpuQuotaInput, { arrivals, podPhaseMs, tickPhaseMs }: Run): Tally => {
  const { costMs, limitMillicores, podLimitMillicores = limitMillicores, periodMs, tickMs, workers } = input
  const container = limitMillicores === null ? undefined : quotaOf(limitMillicores, periodMs, 0)
  const pod = podLimitMillicores === null ? undefined : quotaOf(podLimitMillicores, periodMs, podPhaseMs)
  const quotas = [container, pod].filter((each) => each !== undefined)
  const requests = arrivals.length - 1
  const [fromMs = 0, untilMs = 0] = [arrivals[warmUpRequests], arrivals[requests]]
  const arrivalOf = (request: number): number => (request < requests ? (arrivals[request] ?? 0) : Number.POSITIVE_INFINITY)

  const seen = { latenciesMs: [] as number[], periods: 0, throttledPeriods: 0, throttledMs: 0 }
  let nowMs = 0
  let arrived = 0
  let started = 0
  let running: { readonly request: number; leftMs: number }[] = []

  /** The first tick at this time or later. */
  const tickAt = (atMs: number): number =>
    tickMs === 0 ? atMs : Math.ceil((atMs - tickPhaseMs) / tickMs - rounding) * tickMs + tickPhaseMs
  const isStopped = (): boolean => container?.isThrottled === true || pod?.isThrottled === true
  /** In loops, without arrays: it is asked hundreds of thousands of times. */
  const nextEventMs = (): number => {
    let nextMs = arrivalOf(arrived)
    for (const quota of quotas) nextMs = Math.min(nextMs, quota.boundaryMs)
    if (running.length === 0 || isStopped()) return nextMs
    for (const each of running) nextMs = Math.min(nextMs, nowMs + each.leftMs)
    for (const quota of quotas) nextMs = Math.min(nextMs, tickAt(nowMs + Math.max(0, quota.leftMs) / running.length))
    return nextMs
  }
  const passUntil = (atMs: number): void => {
    const inWindowMs = Math.max(0, Math.min(atMs, untilMs) - Math.max(nowMs, fromMs))
    if (container?.isThrottled) seen.throttledMs += inWindowMs
    if (!isStopped()) {
      for (const quota of quotas) quota.leftMs -= (atMs - nowMs) * running.length
      for (const each of running) each.leftMs -= atMs - nowMs
    }
    nowMs = atMs
  }
  const finish = (): void => {
    for (const { request, leftMs } of running) {
      if (leftMs <= rounding && request >= warmUpRequests) seen.latenciesMs.push(roundToNs(nowMs - arrivalOf(request)))
    }
    if (running.some((each) => each.leftMs <= rounding)) running = running.filter((each) => each.leftMs > rounding)
  }
  const endPeriods = (): void => {
    for (const quota of quotas) {
      if (quota.boundaryMs > nowMs + rounding) continue
      const isCounted = quota === container && quota.boundaryMs >= fromMs && quota.boundaryMs < untilMs
      const wasThrottled = endPeriod(quota, periodMs)
      seen.periods += Number(isCounted)
      seen.throttledPeriods += Number(isCounted && wasThrottled)
    }
  }
  const start = (): void => {
    const wasBusy = running.length > 0
    while (arrivalOf(arrived) <= nowMs + rounding) arrived++
    while (running.length < workers && started < arrived) running.push({ request: started++, leftMs: costMs })
    if (running.length === 0 || isStopped()) return
    const isLooked = !wasBusy || tickAt(nowMs) <= nowMs + rounding // at a tick, and when work begins
    for (const quota of quotas) quota.isThrottled = isLooked && quota.leftMs <= rounding
    if (isStopped()) return
    for (const quota of quotas) {
      quota.wasIdle = false
      if (quota.boundaryMs === Number.POSITIVE_INFINITY)
        quota.boundaryMs = (Math.floor((nowMs - quota.phaseMs) / periodMs + rounding) + 1) * periodMs + quota.phaseMs
    }
  }

  const goesOn = (): boolean => arrived < requests || running.length > 0 || quotas.some(({ boundaryMs }) => boundaryMs < untilMs)
  while (goesOn()) {
    passUntil(nextEventMs())
    finish()
    endPeriods()
    start()
  }
  return seen
}

const roundToNs = (ms: number): number => Math.round(ms * 1e6) / 1e6

// What a CPU limit does to latency: the kernel's CFS bandwidth control as a simulation of its events. Pure, and seeded.
import { mean, quantileSorted, sampleStandardDeviation } from 'simple-statistics'
import * as z from 'zod'
import { rounding, simulate } from './bandwidth.ts'
import type { Tally } from './bandwidth.ts'
import type { Metric } from '../model/run.ts'
import type { Model } from './model.ts'
import { requestsOf } from './requests.ts'

/** A service and its load. */
export const CpuQuotaInput = z.strictObject({
  costMs: z.number().positive().describe('CPU time of a request, the mean'),
  spread: z
    .number()
    .nonnegative()
    .default(0)
    .describe('how far the CPU time of requests differs: standard deviation ÷ mean; log-normal'),
  limitMillicores: z.number().positive().nullable().describe('limits.cpu; null: none'),
  podLimitMillicores: z
    .number()
    .positive()
    .nullable()
    .optional()
    .describe(
      "the sum of its containers' limits, which the kubelet sets on the pod as well, if all have one; left out: limitMillicores and otherLimitsMillicores",
    ),
  otherLimitsMillicores: z
    .number()
    .nonnegative()
    .default(0)
    .describe('limits of the other containers of the pod, which are idle'),
  periodMs: z.number().min(1).max(1000).default(100).describe('the length of a quota period; what the kernel allows'),
  rateRps: z.number().positive(),
  tickMs: z.number().nonnegative().default(4).describe('how often the kernel checks usage: CONFIG_HZ=250; 0: at once'),
  sliceMs: z.number().positive().default(5).describe('what a CPU takes from the quota at a time: sched_cfs_bandwidth_slice_us'),
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
 * Simulates the bandwidth control of kernel/sched/fair.c: each period grants limit × period of CPU time; a process that
 * has used it up waits for the next. A timer counts the periods (nr_periods) while there is something to count,
 * and one idle period more; `nr_throttled` counts those at whose end work was waiting.
 *
 * A pod is a cgroup too: where every container has a limit, the kubelet sets the sum of them on the pod. It has periods of its
 * own, which nothing aligns with the container's, so a request waits for whichever of the two grants more last.
 *
 * A CPU takes the quota in slices, keeps what it has left of one beyond the end of the period, and 1 ms of it when it goes idle. The kernel
 * notices at a tick that a slice is used up: a request that misses by less than a tick may pass, and the overrun is a debt that the next
 * period pays first. Left out: threads that move to another CPU, and all that is not CPU time.
 */
export const predictCpuQuota = (given: z.input<typeof CpuQuotaInput>): CpuQuotaPrediction => {
  const input = CpuQuotaInput.parse(given)
  const key = JSON.stringify(input)
  const prediction = known.get(key) ?? predicted(input)
  known.set(key, prediction)
  return prediction
}

/** A run is judged again at each look, and a limit is sought by bisection: the same service is asked for several times. */
const known = new Map<string, CpuQuotaPrediction>()

const predicted = (input: CpuQuotaInput): CpuQuotaPrediction => {
  const { limitMillicores, workers } = input
  const neededMillicores = input.rateRps * input.costMs
  const capacityMillicores = Math.min(limitMillicores ?? Number.POSITIVE_INFINITY, workers * 1000)
  const useOfLimit = limitMillicores && Math.min(neededMillicores, capacityMillicores) / limitMillicores
  if (neededMillicores >= capacityMillicores * (1 - rounding))
    return { latencyMs: null, ...alwaysBusy(input), useOfLimit, overloaded: true }
  const seen = requestsOf(input).map((requests) => simulate(input, requests))
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
    'of CPU time, in slices of 5 ms; a process that has used it up is stopped at the next tick of 4 ms and waits for the next period, which ' +
    'pays for the overrun first. Requests differ in cost as those of control do. What is not CPU time is taken over from control. ' +
    'It knows nothing of neighbours. When the two periods end relative to each other it cannot know either, and averages over it: that moves p50, not p99.',
  figures: {
    cpu_ms_per_request: { label: 'CPU time per request', unit: 'ms' },
    cost_spread: { label: 'spread of that time', unit: 'ratio' },
    besides_ms: { label: 'time besides CPU time', unit: 'ms' },
    rate_rps: { label: 'rate', unit: 'requests/s', decimals: 1 },
  },
  learn: (control, rateRps) => {
    const { cpu_ms_per_request: cost, latency_p50: p50 } = control
    if (!cost || !p50 || cost.value <= 0 || p50.value <= 0) return undefined
    return {
      cpu_ms_per_request: cost.value,
      cost_spread: spreadOf(cost),
      besides_ms: Math.max(0, p50.value - cost.value),
      rate_rps: rateRps,
    }
  },
  predict: (from, arm) => {
    const { cpu_ms_per_request: costMs = 0, cost_spread: spread = 0, besides_ms: besidesMs = 0, rate_rps: rateRps = 0 } = from
    const limitMillicores = arm['cpu_limit_millicores']?.value ?? null
    const podLimitMillicores = arm['pod_cpu_limit_millicores']?.value ?? null
    const prediction = predictCpuQuota({ costMs, spread, rateRps, limitMillicores, podLimitMillicores })
    const { latencyMs, throttledRatio, throttledMsPerRequest } = prediction
    return {
      ...(latencyMs && { latency_p50: latencyMs.p50 + besidesMs, latency_p99: latencyMs.p99 + besidesMs }),
      throttled_ratio: throttledRatio,
      throttled_ms_per_request: throttledMsPerRequest,
    }
  },
}

/** Coefficient of variation of single requests, from how far the means of blocks differ; a block on its own shows none. */
const spreadOf = ({ blocks, n }: Metric): number => {
  const means = blocks.map(({ value }) => value)
  return means.length < 2 ? 0 : (sampleStandardDeviation(means) / mean(means)) * Math.sqrt(n / means.length)
}

/** In a lasting overload every worker is busy: it is throttled in each period if the limit is the bottleneck. */
const alwaysBusy = ({ limitMillicores, periodMs, workers, costMs }: CpuQuotaInput) => {
  const isLimited = limitMillicores !== null && limitMillicores < workers * 1000
  if (!isLimited) return { throttledRatio: 0, throttledMsPerRequest: 0 }
  const quotaMs = (limitMillicores / 1000) * periodMs
  return { throttledRatio: 1, throttledMsPerRequest: (periodMs - quotaMs / workers) / (quotaMs / costMs) }
}

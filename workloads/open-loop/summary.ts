// Decides the result line: the record of the window as plain numbers.
import { encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { Histogram } from 'hdr-histogram-js'
import type { RequestRecord, SecondRecord, WindowRecord } from './record.ts'
import type { ProcessCost } from './process-meter.ts'

/** What is known of the window besides its requests. */
export interface WindowFacts {
  readonly intended: number
  readonly windowMs: number
  readonly startedAt: string
  readonly cost: ProcessCost
}

/** The result event. A group of quantiles is null when there was nothing to measure. */
export type Result = ReturnType<typeof summarize>

/** Pure: the same record and facts give the same result. */
export const summarize = (record: WindowRecord, facts: WindowFacts) => {
  const completed = record.latency.totalCount
  const failed = total(record.failures.values())
  return {
    event: 'result',
    intended: facts.intended,
    sent: record.sendLag.totalCount,
    notSent: total(record.seconds.map((second) => second.notSent)),
    completed,
    failed,
    failures: Object.fromEntries(record.failures),
    windowMs: facts.windowMs,
    startedAt: facts.startedAt,
    latencyHistogram: encodeIntoCompressedBase64(record.latency),
    latencyUs: quantiles(record.latency, { p50: 50, p90: 90, p99: 99, p999: 99.9 }),
    sendLagUs: quantiles(record.sendLag, { p50: 50, p99: 99 }),
    eventLoopDelayUs: facts.cost.eventLoopDelayUs,
    cpuUs: facts.cost.cpuUs,
    perSecond: record.seconds.slice(0, Math.ceil(facts.windowMs / 1000)).map(summarizeSecond),
    requests: record.requests === null ? null : listRequests(record.requests),
  }
}

export type SecondSummary = ReturnType<typeof summarizeSecond>

/** `second` counts from the start of the window. */
export const summarizeSecond = (record: SecondRecord, second: number) => ({
  second,
  pods: Object.fromEntries(record.pods),
  failed: record.failed,
  notSent: record.notSent,
  latencyUs: quantiles(record.latency, { p50: 50, p99: 99 }),
})

// By intended time: replies may have overtaken each other.
const listRequests = (requests: readonly RequestRecord[]) =>
  requests
    .toSorted((one, other) => one.offsetUs - other.offsetUs)
    .map(({ offsetUs, latencyUs }) => [hundredthsOfMs(offsetUs), hundredthsOfMs(latencyUs)] as const)

const hundredthsOfMs = (timeUs: number): number => Math.round(timeUs / 10) / 100

const quantiles = <Name extends string>(histogram: Histogram, percentiles: Record<Name, number>) => {
  if (histogram.totalCount === 0) return null
  const max = histogram.maxValue
  // A quantile is the upper end of its bucket, which can lie above the exact maximum.
  const values = Object.entries<number>(percentiles).map(([name, percentile]) => [
    name,
    Math.min(histogram.getValueAtPercentile(percentile), max),
  ])
  return { ...(Object.fromEntries(values) as Record<Name, number>), max }
}

const total = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0)

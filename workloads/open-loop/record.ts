// Decides what is kept of each request of the window: exact counts, and histograms in whole microseconds.
import { build } from 'hdr-histogram-js'
import type { Histogram } from 'hdr-histogram-js'
import { requestsInWindow } from './schedule.ts'
import type { LoadPlan } from './schedule.ts'

const mostRequestsListed = 1000

/** What became of a request that was sent. */
export type Outcome =
  { readonly kind: 'completed'; readonly pod: string } | { readonly kind: 'failed'; readonly statusName: string }

/** One second: of the window, by intended time; or the one that passes, by what came back in it. */
export interface SecondRecord {
  readonly pods: Map<string, number>
  failed: number
  notSent: number
  readonly latency: Histogram
}

/** One completed request. */
export interface RequestRecord {
  readonly offsetUs: number
  readonly latencyUs: number
}

/** The window so far. Failures have no latency: a failed request is not a fast one. */
export interface WindowRecord {
  readonly seconds: readonly SecondRecord[]
  readonly failures: Map<string, number>
  readonly latency: Histogram
  readonly sendLag: Histogram
  /** Each completed request in the order of completion; null when the window has too many to list. */
  readonly requests: RequestRecord[] | null
}

/** An empty record with a bucket for every second, so that a silent second shows as one. */
export const newRecord = (plan: LoadPlan): WindowRecord => {
  const seconds = Array.from({ length: Math.ceil(plan.windowMs / 1000) }, newSecond)
  const requests = requestsInWindow(plan) > mostRequestsListed ? null : []
  return { seconds, failures: new Map(), latency: newHistogram(), sendLag: newHistogram(), requests }
}

/** Nothing happened in it yet. */
export const newSecond = (): SecondRecord => ({ pods: new Map<string, number>(), failed: 0, notSent: 0, latency: newHistogram() })

/** Counts a request that was due but held back. `now` is the second that passes. */
export const recordNotSent = (record: WindowRecord, now: SecondRecord, offsetUs: number): void => {
  for (const second of [secondAt(record, offsetUs), now]) second.notSent += 1
}

/** Counts the send of a request. */
export const recordSent = (record: WindowRecord, sendLagUs: number): void => {
  record.sendLag.recordValue(Math.round(sendLagUs))
}

/** Counts the end of a request; `latencyUs` is from its intended time, `now` the second that passes. */
export const recordOutcome = (
  record: WindowRecord,
  now: SecondRecord,
  offsetUs: number,
  latencyUs: number,
  outcome: Outcome,
): void => {
  const seconds = [secondAt(record, offsetUs), now]
  if (outcome.kind === 'failed') {
    for (const second of seconds) second.failed += 1
    countOne(record.failures, outcome.statusName)
    return
  }
  for (const second of seconds) {
    countOne(second.pods, outcome.pod)
    second.latency.recordValue(Math.round(latencyUs))
  }
  record.latency.recordValue(Math.round(latencyUs))
  record.requests?.push({ offsetUs, latencyUs })
}

// Three significant digits; grows to fit, so no latency is ever clipped.
const newHistogram = (): Histogram =>
  build({
    useWebAssembly: false,
    autoResize: true,
    highestTrackableValue: 1_000_000,
    numberOfSignificantValueDigits: 3,
  })

const secondAt = (record: WindowRecord, offsetUs: number): SecondRecord => {
  const second = record.seconds[Math.floor(offsetUs / 1e6)]
  if (second === undefined) {
    throw new Error(
      `A request was due ${offsetUs} µs into a window of ${record.seconds.length} s. ` +
        'The schedule counts requests wrongly: see requestsInWindow.',
    )
  }
  return second
}

const countOne = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

// Decides how a plan becomes a result: send what is due, hold back beyond the limit, wait for the last reply.
import type { LoadFlags } from './flags/load-flags.ts'
import { ProcessMeter } from './process-meter.ts'
import { newRecord, newSecond, recordNotSent, recordOutcome, recordSent } from './record.ts'
import type { Outcome } from './record.ts'
import { requestsInWindow, runSchedule } from './schedule.ts'
import type { Clock, DueRequest } from './schedule.ts'
import { summarize, summarizeSecond } from './summary.ts'
import type { Result, SecondSummary } from './summary.ts'

/** Sends one request. Never rejects: a failure is an outcome. */
export type Say = (sequence: number) => Promise<Outcome>

type Order = Pick<LoadFlags, 'rateRps' | 'windowMs' | 'warmupMs' | 'outstandingLimit'>

/**
 * Runs warm-up and window, waits for outstanding replies (each bounded by its deadline), and returns the result.
 * `stop` ends the window then, and the result is of the window so far. `onSecond` is told of each second of the window when it is over:
 * of what came back meanwhile, whenever it was due.
 */
export const runLoad = async (
  order: Order,
  say: Say,
  clock: Clock,
  stop?: AbortSignal,
  onSecond: (second: SecondSummary) => void = () => {},
): Promise<Result> => {
  const record = newRecord(order)
  let second = { number: 0, record: newSecond() }
  const tellUntil = (offsetUs: number): void => {
    while (second.number < Math.floor(offsetUs / 1e6)) {
      onSecond(summarizeSecond(second.record, second.number))
      second = { number: second.number + 1, record: newSecond() }
    }
  }
  const outstanding = new Set<Promise<void>>()
  const startMs = Date.now() + order.warmupMs
  const meter = new ProcessMeter()
  let sequence = 0

  const send = async ({ offsetUs, intendedUs }: DueRequest): Promise<void> => {
    sequence += 1
    const outcome = await say(sequence)
    if (offsetUs >= 0) recordOutcome(record, second.record, offsetUs, clock.nowUs() - intendedUs, outcome)
  }
  const onDue = (due: DueRequest): void => {
    if (due.offsetUs === 0) meter.start()
    tellUntil(due.offsetUs)
    if (outstanding.size >= order.outstandingLimit) {
      if (due.offsetUs >= 0) recordNotSent(record, second.record, due.offsetUs)
      return
    }
    if (due.offsetUs >= 0) recordSent(record, due.sendLagUs)
    const sent = send(due).finally(() => outstanding.delete(sent))
    outstanding.add(sent)
  }

  const lastedMs = await runSchedule(order, clock, onDue, stop)
  const windowMs = Math.max(0, lastedMs)
  tellUntil(windowMs * 1000)
  if (windowMs === 0) meter.start() // the window never began, and cost nothing
  const cost = meter.stop()
  await Promise.all(outstanding)
  const startedAt = new Date(startMs + Math.min(0, lastedMs)).toISOString()
  return summarize(record, { intended: requestsInWindow({ ...order, windowMs }), windowMs, startedAt, cost })
}

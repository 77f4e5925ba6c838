// Decides how a plan becomes a result: send what is due, hold back beyond the limit, wait for the last reply.
import type { Say } from './channel.ts'
import type { Flags } from './flags.ts'
import { ProcessMeter } from './process-meter.ts'
import { newRecord, recordNotSent, recordOutcome, recordSent } from './record.ts'
import { requestsInWindow, runSchedule } from './schedule.ts'
import type { Clock, DueRequest } from './schedule.ts'
import { summarize } from './summary.ts'
import type { Result } from './summary.ts'

/** Runs warm-up and window, waits for outstanding replies (each bounded by its deadline), and tells the result. */
export async function runLoad(flags: Flags, say: Say, clock: Clock): Promise<Result> {
  const record = newRecord(flags.windowMs)
  const outstanding = new Set<Promise<void>>()
  const startedAt = new Date(Date.now() + flags.warmupMs).toISOString()
  const meter = new ProcessMeter()
  let sequence = 0

  const send = async ({ offsetUs, intendedUs }: DueRequest): Promise<void> => {
    sequence += 1
    const outcome = await say(sequence)
    if (offsetUs >= 0) recordOutcome(record, offsetUs, clock.nowUs() - intendedUs, outcome)
  }
  const onDue = (due: DueRequest): void => {
    if (due.offsetUs === 0) meter.start()
    if (outstanding.size >= flags.outstandingLimit) {
      if (due.offsetUs >= 0) recordNotSent(record, due.offsetUs)
      return
    }
    if (due.offsetUs >= 0) recordSent(record, due.sendLagUs)
    const sent = send(due).finally(() => outstanding.delete(sent))
    outstanding.add(sent)
  }

  await runSchedule(flags, clock, onDue)
  const cost = meter.stop()
  await Promise.all(outstanding)
  return summarize(record, { intended: requestsInWindow(flags), windowMs: flags.windowMs, startedAt, cost })
}

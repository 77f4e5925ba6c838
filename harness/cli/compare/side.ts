// A run as one side of a comparison: the process of `lab compare` gives it its turns, and when that ends, so does the run.
import * as z from 'zod'
import type { Turn } from '../../measure/turn.ts'
import { LabError } from '../../model/lab-error.ts'
import type { MeasuredRun } from '../../model/run.ts'
import { interrupt } from '../signals.ts'

/** What a run asks its comparison for, and tells it. */
export const Request = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ask'), how: z.enum(['alone', 'together']), stage: z.nullable(z.int()) }),
  z.strictObject({ type: z.literal('over'), isDone: z.boolean().describe('false: the work failed') }),
])
export type Request = z.infer<typeof Request>

/** The one answer: the turn begins. */
const Begin = z.strictObject({ type: z.literal('begin') })
export type Begin = z.infer<typeof Begin>

/** `base:ID` or `change:ID`. */
export const comparisonOf = (text: string): MeasuredRun['comparison'] => {
  const [, side, id] = /^(base|change):(.+)$/.exec(text) ?? []
  if ((side !== 'base' && side !== 'change') || id === undefined || !process.send)
    throw new LabError('--side is set by `lab compare` alone', { exit: 'usage', next: 'lab compare --help' })
  return { side, id }
}

/** Turns of this process. Once interrupted it asks no more: the comparison has ended too, or waits for the end of this run. */
export const turnsFromComparison = (signal: AbortSignal): Turn => {
  process.on('disconnect', () => interrupt('the end of `lab compare`', 143))
  let begin = (): void => {}
  process.on('message', (message) => {
    if (Begin.safeParse(message).success) begin()
  })
  const send = (request: Request): void => {
    if (process.connected) process.send?.(request)
  }
  return async ({ how, stage }, work) => {
    if (!signal.aborted) {
      const mayBegin = new Promise<void>((resolve) => (begin = resolve))
      const isStopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      send({ type: 'ask', how, stage })
      await Promise.race([mayBegin, isStopped])
    }
    let isDone = false
    try {
      const result = await work()
      isDone = true
      return result
    } finally {
      send({ type: 'over', isDone })
    }
  }
}

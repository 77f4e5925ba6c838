// Drives a load client inside a pod of the arm: connect, wait for the word, send, report.
import * as z from 'zod'
import { LoadResult } from '../model/trial.ts'
import { LabError } from '../model/lab-error.ts'
import { startInPod } from '../kube/exec.ts'
import type { ContainerRef } from '../kube/exec.ts'
import type { Kube } from '../kube/client.ts'

/** A line of a load program. */
const Message = z.looseObject({ event: z.string().optional() })

export interface LoadOrder {
  readonly program: string
  readonly rateRps: number
  readonly warmup: string
  readonly window: string
}

export interface OpenLoad {
  /** Says "go" and waits for the result. */
  readonly send: () => Promise<LoadResult>
  /** Ends the window now; `send` then resolves with what there is. */
  readonly stop: () => void
}

/** Resolves when the client's connection is open; not a single request was sent by then. */
export const openLoad = async (kube: Kube, at: ContainerRef, order: LoadOrder, signal: AbortSignal): Promise<OpenLoad> => {
  const command = [
    'node',
    `/lab/${order.program}.js`,
    '--rate',
    String(order.rateRps),
    '--warmup',
    order.warmup,
    '--duration',
    order.window,
  ]
  const process = await startInPod(kube, at, command, signal)
  process.done.catch(() => {}) // reported by nextEvent, which sees the lines end first
  const lines = process.lines[Symbol.asyncIterator]()
  const nextEvent = async (event: string): Promise<Record<string, unknown>> => {
    const { value, done } = await lines.next()
    if (done) await process.done
    const message = Message.parse(JSON.parse(String(value ?? '{}')))
    if (message.event !== event)
      throw new LabError(`${order.program} in ${at.pod} did not say "${event}"`, { evidence: [String(value)] })
    return message
  }
  await nextEvent('connected')
  return {
    stop: () => process.write('stop\n'),
    send: async () => {
      process.write('go\n')
      const { event: _event, ...result } = await nextEvent('result')
      await process.done
      return LoadResult.parse(result)
    },
  }
}

// Drives a load client in a pod of the arm: connect, wait for "go", send, report.
import * as z from 'zod'
import { LoadResult, LoadSecond } from '../model/trial.ts'
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
  /** Sends "go" and waits for the result. Calls `onSecond` with the replies of each finished second. */
  readonly send: (onSecond?: (second: LoadSecond) => void) => Promise<LoadResult>
  /** Ends the window now; `send` then resolves with the results so far. */
  readonly stop: () => void
}

/** Resolves when the client's connection is open, before any request. */
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
  process.done.catch(() => {}) // reported by next, which sees the lines end first
  const lines = process.lines[Symbol.asyncIterator]()
  const next = async (): Promise<{ readonly event?: string | undefined }> => {
    const { value, done } = await lines.next()
    if (done) await process.done
    return Message.parse(JSON.parse(String(value ?? '{}')))
  }
  /** Content of the message, if it is of this type. */
  const saying = (wanted: string, { event, ...said }: { readonly event?: string | undefined }): object => {
    if (event === wanted) return said
    throw new LabError(`${order.program} in ${at.pod} did not say "${wanted}"`, {
      evidence: [JSON.stringify({ event, ...said })],
      next: 'workloads/open-loop/README.md has what a load program must say, and when',
    })
  }
  saying('connected', await next())
  return {
    stop: () => process.write('stop\n'),
    send: async (onSecond) => {
      process.write('go\n')
      let message = await next()
      for (; message.event === 'second'; message = await next()) onSecond?.(LoadSecond.parse(saying('second', message)))
      const result = saying('result', message)
      await process.done
      return LoadResult.parse(result)
    },
  }
}

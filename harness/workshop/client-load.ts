// The continuous load of an exercise, in windows. It pauses while a check measures.
import { setTimeout as pause } from 'node:timers/promises'
import type { Kube } from '../kube/client.ts'
import { openLoad } from '../load/load-client.ts'
import { loadPod } from '../measure/steady/trial.ts'
import { messageOf } from '../model/lab-error.ts'
import type { LoadResult, LoadSecond } from '../model/trial.ts'
import { namespace } from './staged.ts'

const window = '10s'
const retryMs = 2_000

interface Order {
  readonly pod: string
  readonly program: string
  readonly rateRps: number
  readonly onSecond: (second: LoadSecond) => void
  /** Called after each window, before the next, with its result; a text: why nothing was sent. */
  readonly onWindow: (result: LoadResult | string) => Promise<void>
}

/** Sends until it is stopped; retries a restarted or unreachable client. Returns a function that stops it, and resolves when the load has stopped. */
export const keepLoading = (kube: Kube, order: Order): (() => Promise<void>) => {
  const stopping = new AbortController()
  const { signal } = stopping
  const send = async (): Promise<void> => {
    const load = await openLoad(kube, await loadPod(kube, namespace, order.pod), { ...order, warmup: '0s', window }, signal)
    await order.onWindow(await load.send(order.onSecond))
  }
  const going = (async () => {
    while (!signal.aborted) {
      try {
        await send()
      } catch (error) {
        if (signal.aborted) return
        await order.onWindow(messageOf(error))
        await pause(retryMs, undefined, { signal }).catch(() => {})
      }
    }
  })()
  return async () => {
    stopping.abort()
    await going
  }
}

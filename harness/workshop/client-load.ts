// The load of an exercise, all the while: window after window, and what the last ones got. It stands still while a check measures.
import { setTimeout as pause } from 'node:timers/promises'
import type { Kube } from '../kube/client.ts'
import { openLoad } from '../load/load-client.ts'
import { loadPod } from '../measure/steady/trial.ts'
import { messageOf } from '../model/lab-error.ts'
import type { LoadResult } from '../model/trial.ts'
import { namespace } from './staged.ts'

const window = '10s'
const retryMs = 2_000

export interface ClientLoad {
  /** What the last window got; a text: why there was none. Undefined: none is over yet. */
  readonly last: () => LoadResult | string | undefined
  /** Resolves when nothing is sent any more. */
  readonly stop: () => Promise<void>
}

interface Order {
  readonly pod: string
  readonly program: string
  readonly rateRps: number
  /** Called after each window, and before the next. */
  readonly onWindow: (result: LoadResult) => Promise<void>
}

/** Sends until it is stopped. A client that is restarted, or cannot be reached, is tried again. */
export const keepLoading = (kube: Kube, order: Order): ClientLoad => {
  const stopping = new AbortController()
  const { signal } = stopping
  let last: LoadResult | string | undefined
  const send = async (): Promise<void> => {
    const load = await openLoad(kube, await loadPod(kube, namespace, order.pod), { ...order, warmup: '0s', window }, signal)
    const result = await load.send()
    last = result
    await order.onWindow(result)
  }
  const going = (async () => {
    while (!signal.aborted) {
      try {
        await send()
      } catch (error) {
        if (signal.aborted) return
        last = messageOf(error)
        await pause(retryMs, undefined, { signal }).catch(() => {})
      }
    }
  })()
  return {
    last: () => last,
    stop: async () => {
      stopping.abort()
      await going
    },
  }
}

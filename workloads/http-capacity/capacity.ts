// Decides what the capacity of a server is: the rate at which it answers a few clients that never pause.
import autocannon from 'autocannon'
import { connectDeadlineMs, openSocket } from '../open-loop/open-socket.ts'
import type { Flags } from './flags.ts'

const sampleMs = 50 // it stops at the first sample after the duration

/** What the server sustained. */
export type Capacity = Awaited<ReturnType<typeof measureCapacity>>

/**
 * Autocannon is a closed loop: a connection waits for its reply before it sends again. That finds the rate a server sustains,
 * and is never to be used for a tail: a server that stalls is asked less, and the requests it would have delayed are never
 * sent (coordinated omission). Its correction for that is wrong above 1 request/s. For latency there is the open loop.
 */
export const measureCapacity = async ({ target, path, connections, durationMs }: Flags) => {
  const url = `http://${target.address}${path}`
  const socket = await openSocket(target, Date.now() + connectDeadlineMs) // else what is refused until then counts as failed
  socket.destroy()
  const result = await autocannon({ url, connections, duration: durationMs / 1000, sampleInt: sampleMs })
  const elapsedMs = result.finish.getTime() - result.start.getTime()
  const completed = result['2xx']
  return {
    event: 'result',
    // Not autocannon's own average: it counts by whole seconds, which is coarse at a few requests a second.
    requestsPerSecond: Math.round((completed / elapsedMs) * 1e6) / 1000,
    completed,
    failed: result.non2xx + result.errors, // timeouts are among the errors
    connections,
    durationMs: elapsedMs,
  }
}

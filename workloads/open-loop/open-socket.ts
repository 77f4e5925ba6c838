// Decides when a connection counts as open, and how long to try.
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Target } from './target.ts'

const pauseMs = 200

/** How long clients try. A node has the rules of a Service up to a second after its pods are ready, and refuses until then. */
export const connectDeadlineMs = 10_000

/** A connection which the target has accepted. Rejects when there is none by the deadline (ms since the epoch). */
export const openSocket = async (target: Target, deadline: number): Promise<Socket> => {
  for (;;) {
    try {
      return await attempt(target, deadline - Date.now())
    } catch (error) {
      if (Date.now() + pauseMs >= deadline) throw new Error(failureMessage(target, error), { cause: error })
      await pause(pauseMs)
    }
  }
}

const attempt = async ({ host, port }: Target, timeoutMs: number): Promise<Socket> => {
  const socket = connect({ host, port, noDelay: true })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(Math.max(1, timeoutMs)) })
  } catch (error) {
    socket.destroy()
    throw error
  }
  socket.on('error', () => {}) // broken before its first request: that one opens another
  return socket
}

const failureMessage = ({ address }: Target, error: unknown): string => {
  const { code, name } = error as NodeJS.ErrnoException
  return `No connection to ${address} in time: ${code ?? name}. Check that the name resolves and that a pod behind it is ready.`
}

// A server that only this machine can reach.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LabError, messageOf } from './model/lab-error.ts'

export const loopback = '127.0.0.1'

/** Enough for a class of learners; closes further connections instead of letting them wait. */
export const mostConnections = 500

/** Time limit of a request, in ms. A response has no limit. */
const patience = { headers: 10_000, request: 30_000, checkedEvery: 5000 }

export interface Listening {
  readonly port: number
  readonly server: Server
  /** Accepts no new client; running responses have this many ms to finish. */
  readonly close: (graceMs?: number) => Promise<void>
}

/** Port 0: a free one. */
export const listen = async (answer: RequestListener, port = 0): Promise<Listening> => {
  const { headers: headersTimeout, request: requestTimeout, checkedEvery: connectionsCheckingInterval } = patience
  const server = createServer({ headersTimeout, requestTimeout, connectionsCheckingInterval }, (request, response) => {
    if (isLocal(request.headers.host)) answer(request, response)
    else response.writeHead(403).end()
  })
  server.maxConnections = mostConnections
  try {
    server.listen(port, loopback)
    await once(server, 'listening')
  } catch (error) {
    throw new LabError(`Cannot listen on port ${port}: ${messageOf(error)}`, {
      exit: 'usage',
      next: 'name another port with --port, or omit it to use a free one',
    })
  }
  const close = async (graceMs = 0): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    const timer = setTimeout(() => server.closeAllConnections(), graceMs)
    await closed
    clearTimeout(timer)
  }
  return { port: (server.address() as AddressInfo).port, server, close }
}

/** DNS rebinding: a foreign page whose name resolves to this machine still sends its own name as host. */
const isLocal = (host = ''): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)

// A server that nobody but this machine reaches.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LabError, messageOf } from './model/lab-error.ts'

export const loopback = '127.0.0.1'

/** A class of learners and a few programs; beyond it a connection is closed instead of left waiting. */
export const mostConnections = 500

/** In ms: how long one may take to ask. An answer may take as long as it likes. */
const patience = { headers: 10_000, request: 30_000, checkedEvery: 5000 }

export interface Listening {
  readonly port: number
  readonly server: Server
  /** Accepts no new client; those being answered have so many ms to finish. */
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
      next: 'name another one with --port, or none: then a free one is taken',
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

/** A page from elsewhere whose name was made to lead here still names itself as the host. */
const isLocal = (host = ''): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)

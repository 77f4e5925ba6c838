// Decides what each path answers, and how the server stops.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Settings } from './environment.ts'
import type { Order } from './orders.ts'
import type { InUse } from './source.ts'

// Longer than any client here idles, so that no request crosses the close of its connection.
const keepAliveMs = 75_000
// Counts from the connection's start too: a client may connect long before it is told to send.
const headersMs = 300_000
const shutdownGraceMs = 1000

/** What the server answers from. */
export interface Answers {
  /** Undefined when the database cannot be reached. */
  readonly orders: () => Promise<readonly Order[] | undefined>
  readonly inUse: () => InUse
}

/** A server which listens. */
export interface RunningServer {
  /** The port in use; it differs from the settings only when they say 0. */
  readonly port: number
  /** Accepts nothing more, gives requests under way 1 s, then cuts every connection. */
  readonly stop: () => Promise<void>
}

/** Listens on every IPv4 address of the pod. Rejects when the port is taken. */
export async function startServer({ port, pod }: Pick<Settings, 'port' | 'pod'>, answers: Answers): Promise<RunningServer> {
  const server = createServer({ keepAliveTimeout: keepAliveMs, headersTimeout: headersMs }, listener(pod, answers))
  await once(server.listen(port, '0.0.0.0'), 'listening')
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      setTimeout(() => server.closeAllConnections(), shutdownGraceMs).unref()
    })
  return { port: (server.address() as AddressInfo).port, stop }
}

function listener(pod: string, { orders, inUse }: Answers): RequestListener {
  return (request, response) => {
    const reply = (statusCode: number, body: object): void => {
      const text = `${JSON.stringify(body)}\n`
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'x-pod': pod }
      response.writeHead(statusCode, headers).end(text)
    }
    switch (request.url) {
      case '/healthz':
        return reply(200, { status: 'serving' })
      case '/in-use':
        return reply(200, inUse())
      default:
        return void orders().then((rows) =>
          rows
            ? reply(200, { pod, orders: rows })
            : reply(503, { pod, problem: 'The database is unavailable. See the log for why.' }),
        )
    }
  }
}

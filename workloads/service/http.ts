// Decides how a service over HTTP listens, how long connections live, what a reply looks like, and how the server stops.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RunningServer } from './running-server.ts'

// Longer than any client here idles, so that no request crosses the close of its connection.
const keepAliveMs = 75_000
// Counts from the connection's start too: a client may connect long before it is asked to send.
const headersMs = 300_000
const shutdownGraceMs = 1000

/** Listens on every IPv4 address of the pod. Rejects when the port is taken. */
export const startHttp = async (port: number, listener: RequestListener): Promise<RunningServer> => {
  const server = createServer({ keepAliveTimeout: keepAliveMs, headersTimeout: headersMs }, listener)
  await once(server.listen(port, '0.0.0.0'), 'listening')
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      setTimeout(() => server.closeAllConnections(), shutdownGraceMs).unref()
    })
  return { port: (server.address() as AddressInfo).port, stop }
}

/** Answers with JSON, and with the pod's name in `x-pod`. */
export const reply = (response: ServerResponse, pod: string, statusCode: number, body: object): void => {
  const text = `${JSON.stringify(body)}\n`
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'x-pod': pod }
  response.writeHead(statusCode, headers).end(text)
}

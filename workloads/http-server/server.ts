// Decides what each path answers, how long connections live, and how the server stops.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { burn, cpuClockUs } from './burn.ts'
import type { Calibration } from './calibration.ts'
import type { Settings } from './environment.ts'

// Longer than any client here idles, so that no request crosses the close of its connection.
const keepAliveMs = 75_000
// Counts from the connection's start too: a client may connect long before it is told to send.
const headersMs = 300_000
const shutdownGraceMs = 1000

/** A server which listens. */
export interface RunningServer {
  /** The port in use; it differs from the settings only when they say 0. */
  readonly port: number
  /** Accepts nothing more, gives requests under way 1 s, then cuts every connection. */
  readonly stop: () => Promise<void>
}

/** Listens on every IPv4 address of the pod. Rejects when the port is taken. */
export async function startServer(settings: Settings, calibration: Calibration): Promise<RunningServer> {
  const server = createServer({ keepAliveTimeout: keepAliveMs, headersTimeout: headersMs }, answers(settings, calibration))
  await once(server.listen(settings.port, '0.0.0.0'), 'listening')
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      setTimeout(() => server.closeAllConnections(), shutdownGraceMs).unref()
    })
  return { port: (server.address() as AddressInfo).port, stop }
}

function answers({ pod, cpuMsPerRequest }: Settings, calibration: Calibration): RequestListener {
  return (request, response) => {
    const startUs = cpuClockUs()
    const reply = (statusCode: number, body: object): void => {
      const text = `${JSON.stringify(body)}\n`
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'x-pod': pod }
      response.writeHead(statusCode, headers).end(text)
    }
    switch (request.method === 'GET' ? request.url : undefined) {
      case '/work':
        burn(calibration.roundsPerChunk, cpuMsPerRequest, startUs)
        return reply(200, { pod })
      case '/healthz':
        return reply(200, { status: 'serving' })
      case '/calibration':
        return reply(200, calibration)
      default:
        return reply(404, { problem: 'There is nothing here. GET /work, /healthz or /calibration.' })
    }
  }
}

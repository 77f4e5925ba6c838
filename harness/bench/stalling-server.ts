// A server with latencies known in closed form: each request takes a fixed time, and for a part of each cycle the server stalls.
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** What the server does, in ms. */
export interface Script {
  readonly serviceMs: number
  readonly cycleMs: number
  /** Stall at the start of each cycle: requests that arrive then wait until it is over. */
  readonly stallMs: number
}

/**
 * The p-quantile, in ms, of the latency of requests at an even rate over whole cycles: those that arrive in the stall,
 * a share s = stall ÷ cycle of all, wait for 0 to `stallMs`, all equally likely. So it is serviceMs up to p = 1 − s, and from
 * there serviceMs + stallMs × (p − (1 − s)) ÷ s.
 */
export const trueQuantile = ({ serviceMs, cycleMs, stallMs }: Script, p: number): number => {
  const share = stallMs / cycleMs
  return serviceMs + stallMs * Math.max(0, (p - (1 - share)) / share)
}

/** Serves on a free port of loopback; `GET /free` is answered at once. */
export const startServer = (script: Script): Promise<{ readonly port: number; readonly close: () => void }> => {
  const waitUntil = async (atMs: number): Promise<void> => {
    for (let leftMs = atMs - performance.now(); leftMs > 0; leftMs = atMs - performance.now()) await wait(leftMs)
  }
  const server = createServer((request, response) => {
    const cameMs = performance.now()
    const intoCycleMs = cameMs % script.cycleMs
    const beginsMs = cameMs + Math.max(0, script.stallMs - intoCycleMs)
    const answer = (): void => void response.writeHead(200, { 'x-pod': 'stalling' }).end('ok')
    if (request.url === '/free') answer()
    else void waitUntil(beginsMs + script.serviceMs).then(answer)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      resolve({ port, close: () => (server.close(), server.closeAllConnections()) })
    })
  })
}

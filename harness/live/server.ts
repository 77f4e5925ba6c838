// Serves a live page and its events, only to browsers on this machine, at an unguessable address.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import * as z from 'zod'
import { listen, loopback } from '../loopback.ts'
import type { Listening } from '../loopback.ts'
import type { Feed } from './feed.ts'

interface Settings {
  /** 0: a free one. */
  readonly port: number
  /** Interval of keep-alives in ms, so that no proxy closes the connection. */
  readonly heartbeatMs?: number
}

export type Served = Pick<Listening, 'server' | 'close'> & { readonly address: string }

/** The caller closes it. */
export const serve = async (page: string, feed: Feed, { port, heartbeatMs = 15_000 }: Settings): Promise<Served> => {
  const path = `/${randomBytes(16).toString('hex')}/`
  const listening = await listen((request, response) => {
    const url = request.method === 'GET' ? URL.parse(request.url ?? '', `http://${loopback}`) : null
    const refuse = (status: number): void => void response.writeHead(status, headers).end()
    if (url?.pathname === path) response.writeHead(200, { ...headers, 'content-type': 'text/html' }).end(page)
    else if (url?.pathname === `${path}events`) {
      const wish = Wish.safeParse({
        after: request.headers['last-event-id'] ?? url.searchParams.get('after') ?? undefined,
        speed: url.searchParams.get('speed') ?? undefined,
      })
      if (wish.success) void stream(response, (left) => feed(wish.data, left), heartbeatMs)
      else refuse(400)
    } else refuse(404)
  }, port)
  return { ...listening, address: `http://${loopback}:${listening.port}${path}` }
}

const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

const Wish = z.object({
  after: z.coerce.number().int().min(-1).default(-1),
  speed: z.nullable(z.coerce.number().min(0.1).max(1000)).default(null),
})

/** Server-sent events, with backpressure, until the browser leaves. */
const stream = async (
  response: ServerResponse,
  events: (left: AbortSignal) => ReturnType<Feed>,
  heartbeatMs: number,
): Promise<void> => {
  const left = new AbortController()
  response.once('close', () => left.abort())
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' })
  response.write('retry: 1000\n\n')
  const heartbeat = setInterval(() => response.writableNeedDrain || response.write(': still here\n\n'), heartbeatMs)
  try {
    for await (const { id, event } of events(left.signal)) {
      const isTaken = response.write(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`)
      if (!isTaken) await once(response, 'drain', { signal: left.signal })
    }
    response.end()
  } catch {
    response.destroy() // the browser left; or the feed failed, and the browser reconnects
  } finally {
    clearInterval(heartbeat)
  }
}

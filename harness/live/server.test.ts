// A live page is for this machine alone, loses nothing, sends nothing twice, and holds nothing for those who left.
import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { hotPod } from '../test/fixtures/accepted-runs.ts'
import type { LiveEvent } from '../events/event.ts'
import { eventsOf } from './events-of.ts'
import type { Feed } from './feed.ts'
import { serve } from './server.ts'
import type { Served } from './server.ts'

const events = eventsOf(hotPod)

/** All that is asked for, at once. */
const atOnce: Feed = async function* ({ after }) {
  for (const [id, event] of events.entries()) if (id > after) yield { id, event }
}

const open: Served[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()))
  vi.restoreAllMocks()
})

const served = async (feed = atOnce, heartbeatMs = 15_000): Promise<Served> => {
  const one = await serve('<p>the page</p>', feed, { port: 0, heartbeatMs })
  open.push(one)
  return one
}

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

const ask = async (url: string, asked: Asked = {}): Promise<IncomingMessage> => {
  const asking = request(url, { ...asked, agent: false }).end()
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  return response
}

const statusOf = async (url: string, asked: Asked = {}): Promise<number | undefined> => {
  const response = await ask(url, asked)
  response.destroy()
  return response.statusCode
}

const emitToEnd = async (
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ id: number; event: LiveEvent }[]> => {
  return [...(await text(await ask(url, { headers }))).matchAll(/^id: (\d+)\ndata: (.+)$/gm)].map(([, id, data]) => ({
    id: Number(id),
    event: JSON.parse(data ?? '') as LiveEvent,
  }))
}

test('the page and its events are at an address with a token that is another each time, on the loopback address', async () => {
  const [one, other] = [await served(), await served()]
  expect(one.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/$/)
  expect(new URL(one.address).pathname).not.toBe(new URL(other.address).pathname)
  expect(one.server.address()).toMatchObject({ address: '127.0.0.1' })
  const response = await fetch(one.address)
  expect(response.headers.get('content-type')).toBe('text/html')
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
  expect(await response.text()).toBe('<p>the page</p>')
  expect((await fetch(`${one.address}events`)).headers.get('access-control-allow-origin')).toBeNull()
})

test('without the right token nothing is there, whatever is asked for', async () => {
  const { address } = await served()
  const { origin, pathname } = new URL(address)
  const wrong = `/${'0'.repeat(32)}/`
  for (const path of ['/', '/events', wrong, `${wrong}events`, pathname.slice(0, -1), `${pathname}..`, `${pathname}other`, '//'])
    expect(await statusOf(`${origin}${path}`), path).toBe(404)
  expect(await statusOf(address, { method: 'POST' })).toBe(404)
})

test('a page whose name was made to lead here is refused, token or not', async () => {
  const { address } = await served()
  for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80', '192.168.0.1'])
    for (const path of ['', 'events']) expect(await statusOf(`${address}${path}`, { headers: { host } }), host).toBe(403)
  for (const host of ['localhost:8000', '127.0.0.1']) expect(await statusOf(address, { headers: { host } }), host).toBe(200)
})

test('all events are sent in their order, each with its number', async () => {
  const { address } = await served()
  expect(await emitToEnd(`${address}events`)).toEqual(
    events.map((event, id) => ({ id, event: JSON.parse(JSON.stringify(event)) })),
  )
})

test('a browser that reconnects gets exactly the rest, whatever its address says', async () => {
  const { address } = await served()
  const half = Math.floor(events.length / 2)
  const rest = (await emitToEnd(`${address}events`)).slice(half + 1)
  expect(await emitToEnd(`${address}events?after=${half}`)).toEqual(rest)
  expect(await emitToEnd(`${address}events?after=3`, { 'last-event-id': String(half) })).toEqual(rest)
  expect(await emitToEnd(`${address}events`, { 'last-event-id': String(events.length - 1) })).toEqual([])
})

test('what is no number of an event, and no speed, is refused', async () => {
  const { address } = await served()
  for (const query of ['after=one', 'after=-2', 'after=1.5', 'speed=0', 'speed=fast', 'speed=1e9'])
    expect(await statusOf(`${address}events?${query}`), query).toBe(400)
})

test('the feed is asked for the speed that the page asks for', async () => {
  const feed = vi.fn<Feed>(atOnce)
  const { address } = await served(feed)
  await emitToEnd(`${address}events?speed=50`)
  await emitToEnd(`${address}events`)
  expect(feed.mock.calls.map(([{ speed }]) => speed)).toEqual([50, null])
})

test('a browser that takes nothing is sent no more than fits on the way', async () => {
  const many = 40
  let sent = 0
  const { address } = await served(async function* () {
    for (let id = 0; id < many; id++) {
      sent++
      yield { id, event: { type: 'run-ends', atMs: 0, verdict: 'x'.repeat(1024 ** 2) } }
    }
  })
  const response = await ask(`${address}events`)
  await pause(300)
  expect(sent).toBeLessThan(many)
  expect((await text(response)).match(/^id: /gm)).toHaveLength(many)
})

test('while nothing happens there is a sign of life', async () => {
  const { address } = await served(async function* (_, signal) {
    yield* []
    await once(signal, 'abort')
  }, 5)
  for await (const chunk of await ask(`${address}events`)) if (String(chunk).includes(': still here\n')) return
  expect.unreachable('the connection ended')
})

test('a browser that leaves takes with it its feed, its signs of life and its connection', async () => {
  const begun = vi.spyOn(globalThis, 'setInterval')
  const cleared = vi.spyOn(globalThis, 'clearInterval')
  let end = (): void => {}
  const hasEnded = new Promise<void>((resolve) => (end = resolve))
  const { address, server } = await served(async function* (_, signal) {
    try {
      yield { id: 0, event: { type: 'run-ends', atMs: 0, verdict: '' } }
      await once(signal, 'abort')
    } finally {
      end()
    }
  }, 60_007)
  const response = await ask(`${address}events`)
  await once(response, 'data')
  response.destroy()
  await hasEnded
  const heartbeat = begun.mock.results[begun.mock.calls.findIndex(([, ms]) => ms === 60_007)]?.value
  await expect.poll(() => cleared.mock.calls.flat()).toContain(heartbeat)
  await expect.poll(() => new Promise((resolve) => server.getConnections((_, connections) => resolve(connections)))).toBe(0)
})

test('a feed that breaks ends the connection, and the server continues', async () => {
  const { address } = await served(async function* () {
    yield* []
    throw new Error('broken')
  })
  await expect(emitToEnd(`${address}events`)).rejects.toThrow(/aborted/)
  expect(await statusOf(address)).toBe(200)
})

test('a port that is taken is wrong usage, and the error says what to do', async () => {
  const { port } = new URL((await served()).address)
  await expect(serve('', atOnce, { port: Number(port) })).rejects.toMatchObject({
    exit: 'usage',
    message: expect.stringContaining(`Cannot listen on port ${port}`),
    details: { next: expect.stringContaining('--port') },
  })
})

test('to close it ends every connection, and gives clients that are still being answered the time for it', async () => {
  const emitter = Promise.withResolvers<void>()
  const { address, close } = await served(async function* () {
    await emitter.promise
    yield { id: 0, event: { type: 'run-ends', atMs: 0, verdict: 'as expected' } }
  })
  const [last, cutOff] = [await ask(`${address}events`), await ask(`${address}events`)]
  const closed = close(60_000)
  emitter.resolve()
  expect(await text(last)).toContain('as expected')
  await expect(fetch(address)).rejects.toThrow('fetch failed')
  cutOff.destroy()
  await closed
})

test('to close it at once cuts off who is still being told something', async () => {
  const { address, close } = await served(async function* (_, signal) {
    yield* []
    await once(signal, 'abort')
  })
  const response = await ask(`${address}events`)
  await close()
  await expect(text(response)).rejects.toThrow(/aborted/)
})

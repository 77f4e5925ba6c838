// Decides which request opens a connection, and that a connection's end costs no request.
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../grpc-server/server.ts'
import { startProxy } from '../open-loop/programs.ts'
import { shortLivedConnections } from './short-lived-connections.ts'

const settings = { port: 0, pod: 'echo-1', serviceTimeMs: 1, concurrency: 50, queueLimit: 50, maxConnectionAgeMs: 0 }

const sayOver = async (connections: number, requestsPerConnection: number, serviceTimeMs = 1) => {
  const server = await startServer({ ...settings, serviceTimeMs })
  onTestFinished(() => server.stop())
  const proxy = await startProxy(server.port, (cleanUp) => onTestFinished(cleanUp))
  const target = { host: '127.0.0.1', port: proxy.port, address: `127.0.0.1:${proxy.port}` }
  return { proxy, say: shortLivedConnections({ target, deadlineMs: 2000, connections, requestsPerConnection }) }
}

// Each request waits for the reply to the one before, so that a new connection is known to be that request's.
const openingRequests = async (connections: number, requestsPerConnection: number, requests: number): Promise<number[]> => {
  const { proxy, say } = await sayOver(connections, requestsPerConnection)
  const opening: number[] = []
  for (let request = 0; request < requests; request += 1) {
    const before = proxy.bytesPerConnection().length
    expect(await say(request)).toEqual({ kind: 'completed', pod: 'echo-1' })
    if (proxy.bytesPerConnection().length > before) opening.push(request)
  }
  await expect.poll(() => proxy.open(), { message: 'all others are closed' }).toBeLessThanOrEqual(connections)
  return opening
}

test('one connection at a time is replaced after exactly N requests', async () => {
  expect(await openingRequests(1, 10, 35)).toEqual([0, 10, 20, 30])
})

test('a connection for one request is a connection for each request', async () => {
  expect(await openingRequests(3, 1, 7)).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('fewer connections than N end about N requests apart', async () => {
  expect(await openingRequests(4, 10, 100)).toEqual([0, 1, 2, 3, 9, 22, 31, 40, 49, 62, 71, 80, 89])
})

test('with 24 connections of 5 requests, as in http2-hot-pod, every fifth request opens one', async () => {
  const opening = await openingRequests(24, 5, 160)
  expect(opening.slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, request) => request))
  expect(opening.slice(24)).toEqual(Array.from({ length: 27 }, (_, index) => 25 + 5 * index))
})

test('a connection is closed after its last reply, so that no request in flight fails', async () => {
  const { proxy, say } = await sayOver(2, 3, 50)
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, request) => say(request)))
  expect(outcomes.filter(({ kind }) => kind === 'failed')).toEqual([])
  expect(proxy.bytesPerConnection()).toHaveLength(8)
  await expect.poll(() => proxy.open(), { message: 'only the one which has had 1 request of 3' }).toBe(1)
})

// Decides what a client of the server sees, over real connections on loopback.
import { Client, credentials, status } from '@grpc/grpc-js'
import type { MethodDefinition, ServiceError } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { healthMethod, sayMethod } from '../echo/methods.ts'
import { startServer } from './server.ts'

type OnFinished = (cleanUp: () => Promise<void> | void) => void
type Answer<Reply> = { readonly reply: Reply | undefined; readonly error: ServiceError | null }

const settings = { port: 0, pod: 'echo-1', serviceTimeMs: 100, concurrency: 1, queueLimit: 1, maxConnectionAgeMs: 0 }

const clientOf = async (onTestFinished: OnFinished, overrides: Partial<typeof settings> = {}) => {
  const server = await startServer({ ...settings, ...overrides })
  const client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure())
  onTestFinished(() => client.close())
  onTestFinished(() => server.stop())
  const call = <Request, Reply>(method: MethodDefinition<Request, Reply>, request: Request, timeoutMs = 5000) =>
    new Promise<Answer<Reply>>((resolve) => {
      const deadline = Date.now() + timeoutMs
      const { path, requestSerialize, responseDeserialize } = method
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, { deadline }, (error, reply) =>
        resolve({ error, reply }),
      )
    })
  return { server, call, say: (timeoutMs?: number) => call(sayMethod, { sequence: 1 }, timeoutMs) }
}

describe.concurrent('the server', () => {
  test('the reply names the pod and takes the service time', async ({ onTestFinished }) => {
    const { say } = await clientOf(onTestFinished)
    const startedMs = performance.now()
    expect((await say()).reply).toEqual({ pod: 'echo-1' })
    expect(performance.now() - startedMs).toBeGreaterThan(95)
  })

  test('a refused request is RESOURCE_EXHAUSTED, which names pod and limits', async ({ onTestFinished }) => {
    const { say } = await clientOf(onTestFinished)
    const [, , third] = await Promise.all([say(), say(), say()])
    expect(third.error?.code).toBe(status.RESOURCE_EXHAUSTED)
    expect(third.error?.details).toContain('echo-1 serves 1 requests and queues 1 more')
  })

  test('a request whose deadline passes in the queue frees its place', async ({ onTestFinished }) => {
    const { say } = await clientOf(onTestFinished, { serviceTimeMs: 1000 })
    const first = say()
    const second = await say(80)
    expect(second.error?.code).toBe(status.DEADLINE_EXCEEDED)
    const startedMs = performance.now()
    expect((await say()).reply).toEqual({ pod: 'echo-1' })
    expect((await first).reply).toEqual({ pod: 'echo-1' })
    // The rest of the first request and the third; had the second been served, it would be 1 s more.
    expect(performance.now() - startedMs).toBeLessThan(2900)
  })

  test('a health check answers SERVING even while every place is taken', async ({ onTestFinished }) => {
    const { call, say } = await clientOf(onTestFinished, { queueLimit: 0 })
    const busy = say()
    expect((await call(healthMethod, { service: '' })).reply).toEqual({ status: 'SERVING' })
    expect((await call(healthMethod, { service: 'lab.Nothing' })).error?.code).toBe(status.NOT_FOUND)
    await busy
  })

  test('a server which stops lets the request under way finish', async ({ onTestFinished }) => {
    const { server, call, say } = await clientOf(onTestFinished)
    await call(healthMethod, { service: '' })
    const underWay = say()
    await call(healthMethod, { service: '' })
    await server.stop()
    expect((await underWay).reply).toEqual({ pod: 'echo-1' })
  })

  test('a server which stops cuts a request longer than the 1 s of grace', async ({ onTestFinished }) => {
    const { server, call, say } = await clientOf(onTestFinished, { serviceTimeMs: 60_000 })
    await call(healthMethod, { service: '' })
    const underWay = say()
    await call(healthMethod, { service: '' })
    const startedMs = performance.now()
    await server.stop()
    expect(performance.now() - startedMs).toBeLessThan(20_000)
    expect((await underWay).reply).toBeUndefined()
  })
})

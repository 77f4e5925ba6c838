// Decides what the service answers while its database answers, refuses, or refuses for a while, and how it ends.
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { eventOf, startProgram } from '../open-loop/programs.ts'
import { queryAt, readOrders } from './orders.ts'
import type { Query } from './orders.ts'
import { startServer } from './server.ts'
import { sourceOf } from './source.ts'

const database = { host: '127.0.0.1', user: 'reader', password: 'secret', name: 'orders' }

const startOn = async (query: Query, onFinished: (cleanUp: () => Promise<void>) => void) => {
  const source = sourceOf(database)
  const lines: string[] = []
  const orders = () => readOrders(source, query, (line) => lines.push(line))
  const server = await startServer({ port: 0, pod: 'web-1' }, { orders, inUse: source.inUse })
  onFinished(server.stop)
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { connection: 'close' } })
    return { status: response.status, pod: response.headers.get('x-pod'), body: (await response.json()) as object }
  }
  return { ask, lines }
}

// One that was free a moment ago: nobody listens there.
const closedPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  return port
}

describe.concurrent('db-reader', () => {
  test('answers with the orders, and names its pod in body and header', async ({ onTestFinished }) => {
    const { ask, lines } = await startOn(async () => [{ id: 1, item: 'anchor' }], onTestFinished)
    const body = { pod: 'web-1', orders: [{ id: 1, item: 'anchor' }] }
    expect(await ask('/work')).toEqual({ status: 200, pod: 'web-1', body })
    expect(lines).toEqual([])
  })

  test('a refused connection is tried five times, each with its line, and then answered with 503', async ({ onTestFinished }) => {
    const port = await closedPort()
    const { ask, lines } = await startOn(queryAt(port), onTestFinished)
    const startMs = performance.now()
    expect(await ask('/work')).toMatchObject({ status: 503, pod: 'web-1' })
    expect(performance.now() - startMs).toBeGreaterThan(195)
    const failed = `ERROR Database connection failed: could not connect to server: connect ECONNREFUSED 127.0.0.1:${port}`
    expect(lines).toEqual([...Array<string>(5).fill(failed), 'ERROR Database unavailable after retrying 5 times'])
  })

  test('a server which accepts and says nothing is given up after 1 s', async ({ onTestFinished }) => {
    const silent = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void silent.close())
    await once(silent, 'listening')
    const startMs = performance.now()
    await expect(queryAt((silent.address() as AddressInfo).port)(database)).rejects.toThrow('timeout expired')
    expect(performance.now() - startMs).toBeLessThan(10_000)
  })

  test('an attempt that succeeds ends the trying', async ({ onTestFinished }) => {
    let asked = 0
    const thirdTime: Query = async () => {
      asked += 1
      if (asked < 3) throw new Error('no route')
      return []
    }
    const { ask, lines } = await startOn(thirdTime, onTestFinished)
    expect((await ask('/work')).status).toBe(200)
    expect(lines).toEqual(Array(2).fill('ERROR Database connection failed: could not connect to server: no route'))
  })

  test('says that it is alive and what is in use without asking the database, and never the password', async ({
    onTestFinished,
  }) => {
    const { ask, lines } = await startOn(queryAt(await closedPort()), onTestFinished)
    expect(await ask('/healthz')).toEqual({ status: 200, pod: 'web-1', body: { status: 'serving' } })
    const since = expect.stringMatching(/^\d{4}-.*Z$/) as string
    expect((await ask('/in-use')).body).toEqual({ host: '127.0.0.1', user: 'reader', since })
    expect(lines).toEqual([])
  })

  test('exits with 0 on SIGTERM', async ({ onTestFinished }) => {
    const environment = { POD_NAME: 'web-1', PORT: '0', DB_HOST: 'blue', DB_USER: 'reader', DB_PASSWORD: 'x', DB_NAME: 'orders' }
    const program = startProgram('db-reader', { environment }, onTestFinished)
    expect(await eventOf(program, 'started')).toMatchObject({ pod: 'web-1', host: 'blue', user: 'reader' })
    program.process.kill('SIGTERM')
    expect(await eventOf(program, 'stopped')).toMatchObject({ pod: 'web-1', signal: 'SIGTERM' })
    expect((await program.ended).code).toBe(0)
  })

  test('exits with 2 and every problem when the database is not configured', async ({ onTestFinished }) => {
    const environment = { POD_NAME: 'web-1', CONFIG_FROM: 'file-at-start', CONFIG_FOLDER: '/nowhere' }
    const { code, stderr } = await startProgram('db-reader', { environment }, onTestFinished).ended
    expect(code).toBe(2)
    expect(stderr.match(/^DB_\w+ is missing in \/nowhere/gm)).toHaveLength(4)
  })
})

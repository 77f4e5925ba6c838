// Decides what the two programs promise each other, as real processes over loopback.
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { connectionsOf, eventOf, portOf, resultOf, startProgram, startProxy } from '../open-loop/programs.ts'
import type { OnFinished } from '../open-loop/programs.ts'
import type { Result } from '../open-loop/summary.ts'

const serverDefaults = { POD_NAME: 'echo-1', PORT: '0', SERVICE_TIME_MS: '5' }

const startPair = async (environment: Readonly<Record<string, string>>, args: readonly string[], onFinished: OnFinished) => {
  const server = startProgram('grpc-server', { environment: { ...serverDefaults, ...environment } }, onFinished)
  const proxy = await startProxy(await portOf(server), onFinished)
  const to = ['--target', `127.0.0.1:${proxy.port}`, '--deadline', '10s']
  const load = startProgram('grpc-load', { args: [...to, ...args] }, onFinished)
  return { server, load, proxy }
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

const halfSecond = ['--rate', '100', '--duration', '500ms']

// Generous, as the deadline is, so that a slow machine shows a wrong number rather than a timeout.
const timeout = 30_000

describe.concurrent('grpc-load against grpc-server', { timeout }, () => {
  test('N connections are N TCP connections, which share the requests evenly', async ({ onTestFinished }) => {
    const { load, proxy } = await startPair({}, [...halfSecond, '--connections', '5'], onTestFinished)
    expect(await connectionsOf(load)).toBe(5)
    expect(proxy.open()).toBe(5)
    const result = await resultOf(load)
    expect(result).toMatchObject({ event: 'result', intended: 50, sent: 50, completed: 50, failures: {} })
    expect(result.perSecond).toMatchObject([{ second: 0, pods: { 'echo-1': 50 }, failed: 0 }])
    const bytes = proxy.bytesPerConnection()
    expect(bytes).toHaveLength(5)
    expect(Math.min(...bytes)).toBeGreaterThan(Math.max(...bytes) / 2)
    expect((await load.ended).code).toBe(0)
  })

  test('each request can have a TCP connection of its own, closed after the reply', async ({ onTestFinished }) => {
    const args = ['--rate', '20', '--duration', '2500ms', '--warmup', '500ms', '--requests-per-connection', '1']
    const { load, proxy } = await startPair({}, args, onTestFinished)
    expect(await connectionsOf(load)).toBe(0)
    expect(proxy.bytesPerConnection()).toHaveLength(0)
    expect(await resultOf(load)).toMatchObject({ completed: 50 })
    expect(proxy.bytesPerConnection()).toHaveLength(60)
    expect(proxy.mostOpen(), 'kept open to the end they would all be').toBeLessThan(60)
  })

  test('connections in rotation can end after N requests each, without a failure', async ({ onTestFinished }) => {
    const args = ['--rate', '100', '--duration', '1s', '--connections', '4', '--requests-per-connection', '10']
    const { load, proxy } = await startPair({ SERVICE_TIME_MS: '60', CONCURRENCY: '50' }, args, onTestFinished)
    expect(await connectionsOf(load)).toBe(0)
    expect(proxy.bytesPerConnection()).toHaveLength(0)
    expect(await resultOf(load)).toMatchObject({ completed: 100, failed: 0, failures: {} })
    // Each of the 4 has 25 requests; the first of each in turn ends after 10, 2, 5 and 7 of them.
    expect(proxy.bytesPerConnection()).toHaveLength(13)
  })

  test('a connection past its maximum age is replaced while the load goes on', async ({ onTestFinished }) => {
    const args = ['--rate', '50', '--duration', '2s', '--connections', '2']
    const { load, proxy } = await startPair({ MAX_CONNECTION_AGE_MS: '400' }, args, onTestFinished)
    await connectionsOf(load)
    const { completed, failed, failures } = await resultOf(load)
    expect(completed + failed).toBe(100)
    // A request sent at the very moment of the close can be lost: how many are depends on the machine (see grpc-server/README.md).
    expect(completed).toBeGreaterThan(0)
    expect(failures).toEqual(failed === 0 ? {} : { UNAVAILABLE: failed })
    expect(proxy.bytesPerConnection().length, 'more than the two it began with').toBeGreaterThan(2)
  })

  test('what the server refuses is counted under RESOURCE_EXHAUSTED, second by second', async ({ onTestFinished }) => {
    const limits = { CONCURRENCY: '1', QUEUE_LIMIT: '2', SERVICE_TIME_MS: '50' }
    const { load } = await startPair(limits, ['--rate', '100', '--duration', '1100ms'], onTestFinished)
    await connectionsOf(load)
    const result = await resultOf(load)
    expect(result.failures).toEqual({ RESOURCE_EXHAUSTED: result.failed })
    expect(result.failed).toBeGreaterThan(60)
    expect(result.completed + result.failed).toBe(110)
    expect(total(result.perSecond.flatMap(({ pods }) => Object.values(pods)))).toBe(result.completed)
    expect(total(result.perSecond.map(({ failed }) => failed))).toBe(result.failed)
  })

  test('a server which freezes is charged for every request due meanwhile', async ({ onTestFinished }) => {
    const args = ['--rate', '50', '--duration', '3s']
    const { server, load } = await startPair({ CONCURRENCY: '50' }, args, onTestFinished)
    await connectionsOf(load)
    const result = resultOf(load)
    await wait(300)
    server.process.kill('SIGSTOP')
    await wait(500)
    server.process.kill('SIGCONT')
    const { completed, latencyUs, requests } = await result
    expect(completed).toBe(150)
    // 25 requests were due in the freeze, 12 of them more than 250 ms before its end.
    expect(latencyUs?.max).toBeGreaterThan(450_000)
    expect(requests?.filter(([, latencyMs]) => latencyMs > 250).length).toBeGreaterThanOrEqual(10)
  })

  test('the load stops at once when its stdin ends', async ({ onTestFinished }) => {
    const { load, proxy } = await startPair({}, ['--rate', '100', '--duration', '1m'], onTestFinished)
    await connectionsOf(load)
    load.process.stdin.write('go\n')
    await wait(200)
    load.process.stdin.end()
    const { code, stderr } = await load.ended
    expect(code).toBe(1)
    expect(stderr).toContain('stdin ended')
    await vi.waitFor(() => expect(proxy.open()).toBe(0), 30_000)
  })

  test('a server stopped during load exits with 0, and the load still reports its result', async ({ onTestFinished }) => {
    const { server, load } = await startPair({ QUEUE_LIMIT: '200' }, ['--rate', '100', '--duration', '2s'], onTestFinished)
    await connectionsOf(load)
    load.process.stdin.write('go\n')
    await eventOf(load, 'second')
    server.process.kill('SIGTERM')
    expect((await server.ended).code).toBe(0)
    expect(JSON.parse((await server.nextLine()) ?? '')).toMatchObject({ event: 'stopped', signal: 'SIGTERM' })
    const { completed, failed, failures } = await eventOf<Result>(load, 'result')
    expect(completed).toBeGreaterThan(10)
    expect(failures).toEqual({ UNAVAILABLE: failed })
    expect(completed + failed).toBe(200)
  })

  test('a server without its environment exits with 2 and names every problem', async ({ onTestFinished }) => {
    const server = startProgram('grpc-server', { environment: { POD_NAME: '', PORT: 'http' } }, onTestFinished)
    const { code, stderr } = await server.ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/POD_NAME is missing.*\n.*PORT is 'http'/)
  })

  test('a load with bad flags exits with 2, names them and shows the usage', async ({ onTestFinished }) => {
    const load = startProgram('grpc-load', { args: ['--rate', 'fast', '--speed', '9'] }, onTestFinished)
    const { code, stderr } = await load.ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/--speed is not a flag[^]*--rate is 'fast'[^]*Usage:/)
  })
})

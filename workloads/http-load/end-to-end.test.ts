// Decides what the load promises of a server of HTTP/1.1, as real processes over loopback.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { connectionsOf, portOf, resultOf, startProgram, startProxy } from '../open-loop/programs.ts'
import type { OnFinished, Program } from '../open-loop/programs.ts'

const halfSecond = ['--rate', '100', '--duration', '500ms']

// Generous, as the deadline is, so that a slow machine shows a wrong number rather than a timeout.
const timeout = 30_000

const startLoad = (port: number, args: readonly string[], onFinished: OnFinished): Program =>
  startProgram('http-load', { args: ['--target', `127.0.0.1:${port}`, '--deadline', '10s', ...args] }, onFinished)

const startPair = async (args: readonly string[], onFinished: OnFinished) => {
  const environment = { POD_NAME: 'web-1', PORT: '0', CPU_MS_PER_REQUEST: '0.5' }
  const server = startProgram('http-server', { environment }, onFinished)
  const proxy = await startProxy(await portOf(server), onFinished)
  return { server, load: startLoad(proxy.port, args, onFinished), proxy }
}

// Against a server of the test's own.
const startServer = async (listener: RequestListener, onFinished: OnFinished) => {
  const server = createServer(listener)
  const kill = (): void => {
    server.close()
    server.closeAllConnections()
  }
  onFinished(kill)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { port: (server.address() as AddressInfo).port, kill }
}

const startLoadOn = async (listener: RequestListener, args: readonly string[], onFinished: OnFinished) => {
  const { port } = await startServer(listener, onFinished)
  const proxy = await startProxy(port, onFinished)
  return { load: startLoad(proxy.port, args, onFinished), proxy }
}

describe.concurrent('http-load against http-server', { timeout }, () => {
  test('N connections are N TCP connections, which share the requests evenly', async ({ onTestFinished }) => {
    const { load, proxy } = await startPair([...halfSecond, '--connections', '5'], onTestFinished)
    expect(await connectionsOf(load)).toBe(5)
    await vi.waitFor(() => expect(proxy.open()).toBe(5), 30_000)
    expect(proxy.bytesPerConnection()).toEqual([0, 0, 0, 0, 0])
    const result = await resultOf(load)
    expect(result).toMatchObject({ event: 'result', intended: 50, sent: 50, completed: 50, failures: {} })
    expect(result.perSecond).toMatchObject([{ second: 0, pods: { 'web-1': 50 }, failed: 0 }])
    expect(result.requests?.map(([offsetMs]) => offsetMs)).toEqual(Array.from({ length: 50 }, (_, index) => index * 10))
    const bytes = proxy.bytesPerConnection()
    expect(bytes).toHaveLength(5)
    expect(Math.min(...bytes)).toBeGreaterThan(Math.max(...bytes) / 2)
    expect((await load.ended).code).toBe(0)
  })

  // The freeze lies anywhere in the window, and its ends are as late as the machine is busy: nothing below hangs on where they are.
  test('a server which freezes is charged for every request due meanwhile', async ({ onTestFinished }) => {
    const { server, load } = await startPair(['--rate', '50', '--duration', '3s'], onTestFinished)
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

  test('a request past its deadline is given up, also one still waiting for a connection', async ({ onTestFinished }) => {
    const { server, load, proxy } = await startPair(['--rate', '25', '--duration', '5s', '--deadline', '1s'], onTestFinished)
    await connectionsOf(load)
    const result = resultOf(load)
    await wait(300)
    server.process.kill('SIGSTOP')
    await wait(2000)
    server.process.kill('SIGCONT')
    const { completed, failed, failures } = await result
    expect(completed + failed).toBe(125)
    expect(failures).toEqual({ DEADLINE_EXCEEDED: failed })
    // 50 are due while it is frozen, 25 of them too early to be answered in time.
    expect(failed).toBeGreaterThanOrEqual(20)
    expect(completed).toBeGreaterThanOrEqual(8)
    expect(proxy.bytesPerConnection().length).toBeGreaterThan(1)
  })
})

describe.concurrent('http-load against any server', { timeout }, () => {
  test('a status other than 200 is a failure by its number, and a pod without a name is unknown', async ({ onTestFinished }) => {
    let answered = 0
    const listener: RequestListener = (_request, response) => {
      answered += 1
      response.writeHead(answered % 2 === 0 ? 503 : 200).end('text')
    }
    const { load } = await startLoadOn(listener, halfSecond, onTestFinished)
    await connectionsOf(load)
    const result = await resultOf(load)
    expect(result).toMatchObject({ completed: 25, failed: 25, failures: { HTTP_503: 25 } })
    expect(result.perSecond).toMatchObject([{ pods: { unknown: 25 } }])
  })

  test('what finds no free connection waits in line, and no more connections are opened', async ({ onTestFinished }) => {
    const listener: RequestListener = (_request, response) => void setTimeout(() => response.end(), 40)
    const { load, proxy } = await startLoadOn(listener, [...halfSecond, '--connections', '2'], onTestFinished)
    await connectionsOf(load)
    const { completed, requests } = await resultOf(load)
    expect(completed).toBe(50)
    expect(proxy.bytesPerConnection()).toHaveLength(2)
    // 25 turns of 40 ms and more: the last request is due at 490 ms and answered after 1000 ms.
    expect(requests?.at(-1)?.[1]).toBeGreaterThan(500)
  })

  test('asked to stop, it sends nothing more, awaits what is outstanding, and reports the window so far', async ({
    onTestFinished,
  }) => {
    let asked = 0
    const listener: RequestListener = (_request, response) => {
      asked += 1
      if (asked === 20) load.process.stdin.write('stop\n')
      setTimeout(() => response.end(), 100)
    }
    const args = ['--rate', '20', '--duration', '10m', '--connections', '5']
    const { load } = await startLoadOn(listener, args, onTestFinished)
    await connectionsOf(load)
    load.process.stdin.write('stop\n') // before "go": means nothing
    const { intended, sent, completed, windowMs, perSecond, requests } = await resultOf(load)
    expect({ sent, completed }).toEqual({ sent: asked, completed: asked })
    expect(intended).toBe(asked)
    expect(windowMs).toBeGreaterThan(950)
    expect(windowMs).toBeLessThan(10_000)
    expect(perSecond).toHaveLength(Math.ceil(windowMs / 1000))
    expect(requests).toBeNull()
    expect((await load.ended).code).toBe(0)
  })

  test('a connection the server closes is opened again by the next request', async ({ onTestFinished }) => {
    const listener: RequestListener = (_request, response) => response.writeHead(200, { connection: 'close' }).end()
    const { load, proxy } = await startLoadOn(listener, halfSecond, onTestFinished)
    await connectionsOf(load)
    expect(await resultOf(load)).toMatchObject({ completed: 50, failed: 0 })
    expect(proxy.bytesPerConnection()).toHaveLength(50)
  })

  test('each request can have a TCP connection of its own, which it asks to be closed', async ({ onTestFinished }) => {
    const asked: (string | undefined)[] = []
    const listener: RequestListener = ({ headers }, response) => {
      asked.push(headers.connection)
      response.end()
    }
    const args = [...halfSecond, '--warmup', '100ms', '--connection-per-request']
    const { load, proxy } = await startLoadOn(listener, args, onTestFinished)
    expect(await connectionsOf(load)).toBe(0)
    expect(proxy.bytesPerConnection()).toHaveLength(0)
    expect(await resultOf(load)).toMatchObject({ completed: 50 })
    expect(proxy.bytesPerConnection()).toHaveLength(60)
    expect(asked).toEqual(Array.from({ length: 60 }, () => 'close'))
  })

  test('a server which dies leaves failures named as Node names them', async ({ onTestFinished }) => {
    let answered = 0
    const { port, kill } = await startServer((_request, response) => {
      answered += 1
      if (answered === 10) kill()
      else response.end()
    }, onTestFinished)
    const load = startLoad(port, halfSecond, onTestFinished)
    await connectionsOf(load)
    const { completed, failures } = await resultOf(load)
    expect({ completed, failures }).toEqual({ completed: 9, failures: { ECONNRESET: 1, ECONNREFUSED: 40 } })
  })

  test('a load with bad flags exits with 2, names them and shows the usage', async ({ onTestFinished }) => {
    const args = ['--rate', 'fast', '--path', 'work']
    const { code, stderr } = await startProgram('http-load', { args }, onTestFinished).ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/--path is 'work'[^]*--rate is 'fast'[^]*Usage: http-load/)
  })
})

// Decides what the server answers, what a request costs it, and how it ends.
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { eventOf, startProgram } from '../open-loop/programs.ts'
import type { OnFinished } from '../open-loop/programs.ts'
import type { Calibration } from './calibration.ts'

const serverOf = async (cpuMsPerRequest: number, onFinished: OnFinished) => {
  const environment = { POD_NAME: 'web-1', PORT: '0', CPU_MS_PER_REQUEST: `${cpuMsPerRequest}` }
  const program = startProgram('http-server', { environment }, onFinished)
  const calibrated = await eventOf<Calibration>(program, 'calibrated')
  const { port } = await eventOf<{ readonly port: number }>(program, 'started')
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: response.status, headers: response.headers, body: (await response.json()) as object }
  }
  return { program, calibrated, ask, cpuMs: () => cpuMsOf(program.process.pid) }
}

// User and system time as the kernel counts it, in ticks of 10 ms.
const cpuMsOf = async (pid: number | undefined): Promise<number> => {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

describe('a server of 20 ms a request', () => {
  const cleanUps: (() => void)[] = []
  let server: Awaited<ReturnType<typeof serverOf>>
  beforeAll(async () => {
    server = await serverOf(20, (cleanUp) => cleanUps.push(cleanUp))
  })
  afterAll(() => cleanUps.forEach((cleanUp) => cleanUp()))

  test('names its pod in body and header', async () => {
    const { status, headers, body } = await server.ask('/work')
    expect([status, headers.get('x-pod'), body]).toEqual([200, 'web-1', { pod: 'web-1' }])
    expect(headers.get('keep-alive')).toBe('timeout=75')
  })

  test('reports its calibration, in which a burn takes what it says', async () => {
    const { trialBurnsMs, chunkUs } = server.calibrated
    expect(trialBurnsMs.min).toBeGreaterThanOrEqual(20)
    expect(trialBurnsMs.median).toBeLessThan(22)
    expect(chunkUs).toBeLessThan(1000)
    const { body } = await server.ask('/calibration')
    expect(server.calibrated).toMatchObject(body)
    expect(body).toHaveProperty('trialBurnsMs', trialBurnsMs)
  })

  test('uses that CPU time for a request by the clock of the kernel too', async () => {
    const beforeMs = await server.cpuMs()
    for (let request = 0; request < 20; request += 1) await server.ask('/work')
    const perRequestMs = ((await server.cpuMs()) - beforeMs) / 20
    expect(perRequestMs).toBeGreaterThan(19)
    expect(perRequestMs).toBeLessThan(26) // the first requests compile Node's own code
  })

  test('burns nothing for a health check, nor for what is not there', async () => {
    const beforeMs = await server.cpuMs()
    for (let request = 0; request < 5; request += 1) {
      expect((await server.ask('/healthz')).status).toBe(200)
      expect((await server.ask('/workers')).status).toBe(404)
    }
    expect((await server.cpuMs()) - beforeMs).toBeLessThan(100)
  })

  test('does not count time in which it is stopped, as by a CFS quota', async () => {
    const beforeMs = await server.cpuMs()
    const responses = Promise.all(Array.from({ length: 10 }, () => server.ask('/work')))
    await wait(50)
    server.program.process.kill('SIGSTOP')
    await wait(300)
    server.program.process.kill('SIGCONT')
    await responses
    expect((await server.cpuMs()) - beforeMs).toBeGreaterThan(180)
  })
})

test('on SIGTERM the request under way is answered, and the server exits with 0', async ({ onTestFinished }) => {
  const { ask, program, cpuMs } = await serverOf(40, onTestFinished)
  await ask('/healthz')
  const beforeMs = await cpuMs()
  const underWay = ask('/work')
  await vi.waitFor(async () => expect(await cpuMs()).toBeGreaterThanOrEqual(beforeMs + 10), { interval: 5, timeout: 30_000 })
  program.process.kill('SIGTERM')
  expect((await underWay).status).toBe(200)
  expect(await eventOf(program, 'stopped')).toMatchObject({ pod: 'web-1', signal: 'SIGTERM' })
  expect((await program.ended).code).toBe(0)
})

test('a server without its environment exits with 2 and names every problem', async ({ onTestFinished }) => {
  const environment = { POD_NAME: '', CPU_MS_PER_REQUEST: 'much' }
  const { code, stderr } = await startProgram('http-server', { environment }, onTestFinished).ended
  expect(code).toBe(2)
  expect(stderr).toMatch(/POD_NAME is missing.*\n.*CPU_MS_PER_REQUEST is 'much'/)
})

// Decides what the measurement of a server's capacity yields, as real processes over loopback.
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventOf, freePort, portOf, startProgram } from '../open-loop/programs.ts'
import type { Capacity } from './capacity.ts'

describe('http-capacity', () => {
  const cleanUps: (() => void)[] = []
  let target: string
  beforeAll(async () => {
    const environment = { POD_NAME: 'web-1', PORT: '0', CPU_MS_PER_REQUEST: '10' }
    target = `127.0.0.1:${await portOf(startProgram('http-server', { environment }, (cleanUp) => cleanUps.push(cleanUp)))}`
  })
  afterAll(() => cleanUps.forEach((cleanUp) => cleanUp()))

  test('a reply other than 2xx is a failure', async ({ onTestFinished }) => {
    const args = ['--target', target, '--duration', '200ms', '--path', '/nothing', '--connections', '1']
    const capacity = await eventOf<Capacity>(startProgram('http-capacity', { args }, onTestFinished), 'result')
    expect(capacity).toMatchObject({ completed: 0, requestsPerSecond: 0, connections: 1 })
    expect(capacity.failed).toBeGreaterThan(0)
  })

  test('a server of 10 ms a request sustains 100 a second, less where it has not a CPU for itself', async ({
    onTestFinished,
  }) => {
    const program = startProgram('http-capacity', { args: ['--target', target, '--duration', '1s'] }, onTestFinished)
    const capacity = await eventOf<Capacity>(program, 'result')
    expect((await program.ended).code).toBe(0)
    expect(capacity).toMatchObject({ failed: 0, connections: 4 })
    expect(capacity.completed).toBeGreaterThan(5)
    expect(capacity.durationMs).toBeGreaterThanOrEqual(995)
    expect(capacity.requestsPerSecond).toBeCloseTo((capacity.completed / capacity.durationMs) * 1000, 2)
    expect(capacity.requestsPerSecond).toBeLessThan(105)
  })

  test('a server that is there only after a while is waited for, and nothing of that counts as failed', async ({
    onTestFinished,
  }) => {
    const port = await freePort()
    const args = ['--target', `127.0.0.1:${port}`, '--duration', '1s', '--connections', '1']
    const program = startProgram('http-capacity', { args }, onTestFinished)
    await wait(500)
    startProgram('http-server', { environment: { POD_NAME: 'web-2', PORT: `${port}` } }, onTestFinished)
    const capacity = await eventOf<Capacity>(program, 'result')
    expect(capacity.failed).toBe(0)
    expect(capacity.completed).toBeGreaterThan(0)
  })

  test('bad flags end it with 2 and the usage', async ({ onTestFinished }) => {
    const program = startProgram('http-capacity', { args: ['--rate', '5'] }, onTestFinished)
    const { code, stderr } = await program.ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/--rate is not a flag[^]*--duration is missing[^]*Usage: http-capacity/)
  })
})

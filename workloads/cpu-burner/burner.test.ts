// Decides that the burner burns on the threads it is given, and that it always ends.
import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, test, vi } from 'vitest'
import { eventOf, startProgram } from '../open-loop/programs.ts'
import { readSettings } from './environment.ts'

// Threads which have used 30 ms of CPU time and more in user mode.
const busyThreads = async (pid: number | undefined): Promise<number> => {
  const threads = await readdir(`/proc/${pid}/task`)
  const stats = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8')))
  return stats.filter((stat) => Number(stat.split(') ')[1]?.split(' ')[11]) >= 3).length
}

test('four threads burn for ten minutes when nothing else is said', () => {
  expect(readSettings({})).toEqual({ kind: 'valid', settings: { threads: 4, burnForMs: 600_000 } })
})

test.each([
  { THREADS: '0' },
  { THREADS: '1.5' },
  { THREADS: '257' },
  { BURN_FOR: '10' },
  { BURN_FOR: '0s' },
  { BURN_FOR: '2000m' },
  { BURN_FOR: '' },
])('%j is one problem', (environment) => {
  expect(readSettings(environment)).toMatchObject({ kind: 'invalid', problems: [expect.stringMatching(/THREADS|BURN_FOR/)] })
})

describe.concurrent('cpu-burner', () => {
  test('it burns on every thread until SIGTERM, and exits with 0', async ({ onTestFinished }) => {
    const burner = startProgram('cpu-burner', { environment: { THREADS: '2', BURN_FOR: '1m' } }, onTestFinished)
    expect(await eventOf(burner, 'started')).toMatchObject({ threads: 2, burnForMs: 60_000 })
    await vi.waitFor(async () => expect(await busyThreads(burner.process.pid)).toBeGreaterThanOrEqual(2), 30_000)
    burner.process.kill('SIGTERM')
    expect((await burner.ended).code).toBe(0)
  })

  test('it ends by itself after BURN_FOR', async ({ onTestFinished }) => {
    const burner = startProgram('cpu-burner', { environment: { THREADS: '1', BURN_FOR: '2s' } }, onTestFinished)
    await eventOf(burner, 'started')
    expect((await burner.ended).code).toBe(0)
  })

  test('a wrong environment ends it with 2 and every problem', async ({ onTestFinished }) => {
    const burner = startProgram('cpu-burner', { environment: { THREADS: 'many', BURN_FOR: 'long' } }, onTestFinished)
    const { code, stderr } = await burner.ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/THREADS is 'many'.*\n.*BURN_FOR is 'long'/)
  })
})

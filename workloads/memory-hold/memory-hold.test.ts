// Decides that the memory is really there, grows as set, stays in use, and is given back on SIGTERM.
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { eventOf, startProgram } from '../open-loop/programs.ts'
import { readSettings } from './environment.ts'
import { Memory } from './memory.ts'

const mib = 2 ** 20

interface Holding {
  readonly time: string
  readonly memoryMib: number
  readonly rssMib: number
}

// Memory of the process that is in no file, as the kernel counts it.
const residentMib = async (pid: number | undefined): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

test('all is taken at once when nothing else is said', () => {
  expect(readSettings({ MEMORY_MIB: '1024' })).toEqual({ kind: 'valid', settings: { memoryMib: 1024, growthMibPerS: 0 } })
})

test.each([
  {},
  { MEMORY_MIB: '' },
  { MEMORY_MIB: '0' },
  { MEMORY_MIB: '4097' },
  { MEMORY_MIB: '1Gi' },
  { MEMORY_MIB: '-1' },
  { MEMORY_MIB: '64', GROWTH_MIB_PER_S: '' },
  { MEMORY_MIB: '64', GROWTH_MIB_PER_S: '-5' },
])('%j is one problem', (environment) => {
  expect(readSettings(environment)).toMatchObject({ kind: 'invalid', problems: [expect.stringMatching(/MEMORY_MIB|GROWTH/)] })
})

test('what is taken does not compress, and no two pages are alike', async () => {
  const memory = new Memory(3 * mib)
  await memory.takeUpTo(memory.sizeBytes)
  const pages = Array.from({ length: (3 * mib) / 4096 }, (_, page) => memory.taken.subarray(page * 4096, (page + 1) * 4096))
  expect(new Set(pages.map((page) => page.toString('latin1'))).size).toBe(768)
  expect(gzipSync(memory.taken.subarray(0, mib)).length).toBeGreaterThan(0.99 * mib)
})

test('only whole pages are taken, never more than asked for nor than there is', async () => {
  const memory = new Memory(1.5 * 4096)
  await memory.takeUpTo(6000)
  expect(memory.takenBytes).toBe(4096)
  await memory.takeUpTo(mib)
  expect([memory.takenBytes, memory.sizeBytes]).toEqual([8192, 8192])
})

test('a touch writes to every page taken, and changes one byte of it', async () => {
  const memory = new Memory(10 * mib)
  await memory.takeUpTo(9 * mib)
  const before = Buffer.from(memory.taken)
  await memory.touch()
  const changed: number[] = []
  for (let at = 0; at < memory.takenBytes; at += 1) if (memory.taken[at] !== before[at]) changed.push(at)
  expect(changed).toEqual(Array.from({ length: (9 * mib) / 4096 }, (_, page) => page * 4096))
})

describe.concurrent('memory-hold', () => {
  test('it holds as much as is set, resident, until SIGTERM, and exits with 0', async ({ onTestFinished }) => {
    const program = startProgram('memory-hold', { environment: { MEMORY_MIB: '96' } }, onTestFinished)
    const { memoryMib, rssMib } = await eventOf<Holding>(program, 'holding')
    expect(memoryMib).toBe(96)
    expect(rssMib).toBeGreaterThan(96)
    expect(await residentMib(program.process.pid)).toBeGreaterThan(96)
    expect(await residentMib(program.process.pid)).toBeLessThan(160)
    program.process.kill('SIGTERM')
    expect(await eventOf(program, 'stopped')).toMatchObject({ memoryMib: 96, signal: 'SIGTERM' })
    expect((await program.ended).code).toBe(0)
  })

  test('it grows at the rate that is set', async ({ onTestFinished }) => {
    const environment = { MEMORY_MIB: '40', GROWTH_MIB_PER_S: '40' }
    const program = startProgram('memory-hold', { environment }, onTestFinished)
    const started = await eventOf<{ readonly time: string }>(program, 'started')
    const holding = await eventOf<Holding>(program, 'holding')
    expect(Date.parse(holding.time) - Date.parse(started.time)).toBeGreaterThanOrEqual(995)
    expect(Date.parse(holding.time) - Date.parse(started.time)).toBeLessThan(10_000)
  })

  test('a signal while it grows ends it at once with 0', async ({ onTestFinished }) => {
    const environment = { MEMORY_MIB: '4096', GROWTH_MIB_PER_S: '1' }
    const program = startProgram('memory-hold', { environment }, onTestFinished)
    await eventOf(program, 'started')
    program.process.kill('SIGINT')
    expect((await eventOf<Holding>(program, 'stopped')).memoryMib).toBeLessThan(64)
    expect((await program.ended).code).toBe(0)
  })

  test('a wrong environment ends it with 2 and every problem', async ({ onTestFinished }) => {
    const environment = { MEMORY_MIB: 'much', GROWTH_MIB_PER_S: 'fast' }
    const { code, stderr } = await startProgram('memory-hold', { environment }, onTestFinished).ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/MEMORY_MIB is 'much'.*\n.*GROWTH_MIB_PER_S is 'fast'/)
  })
})

// Decides what a flood writes and when, with a clock and a writer of the test's own.
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Write } from './destination.ts'
import { flood } from './flood.ts'
import type { Clock, Order } from './flood.ts'
import { lineBytes, Lines, mostLines } from './lines.ts'

const mib = 2 ** 20

const fakeClock = (): Clock => {
  let nowMs = 0
  return { nowMs: () => nowMs, wait: async (delayMs) => void (nowMs += delayMs) }
}

const systemError = (code: string): Error => Object.assign(new Error(code), { code })

const run = async (order: Partial<Order>, write: Write, clock = fakeClock()) => {
  const progress = { writtenBytes: 0, fullAttempts: 0 }
  let timesFull = 0
  const onFull = (): void => void (timesFull += 1)
  await flood({ bytesPerS: 20 * mib, atMostBytes: 4 * mib, onFull, ...order }, write, clock, progress)
  return { ...progress, timesFull, tookMs: clock.nowMs() }
}

test('a line has time, level and random text', () => {
  const lines = new Lines().fill(3).toString().split('\n')
  expect(lines.map((line) => line.length)).toEqual([lineBytes - 1, lineBytes - 1, lineBytes - 1, 0])
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ERROR [A-Za-z0-9+/]{480}$/)
  expect(new Set(lines).size).toBe(4)
})

test('gzip leaves more than 70 % of a MiB', () => {
  const lines = new Lines()
  const text = Buffer.concat([Buffer.from(lines.fill(mostLines)), Buffer.from(lines.fill(mostLines))])
  expect(text.length).toBe(mib)
  expect(gzipSync(text, { level: 9 }).length).toBeGreaterThan(0.7 * mib)
})

test('it takes the time its rate says, whatever the size of a write', async () => {
  const sizes = new Set<number>()
  const { writtenBytes, tookMs } = await run({ atMostBytes: 40 * mib }, async ({ length }) => (sizes.add(length), length))
  expect(writtenBytes).toBe(40 * mib)
  expect(tookMs).toBe(2000)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(mib / 2)
})

test('a rate below a line a second is kept too', async () => {
  expect(await run({ bytesPerS: 100, atMostBytes: 5 * lineBytes }, async ({ length }) => length)).toMatchObject({
    writtenBytes: 5 * lineBytes,
    tookMs: 25_600,
  })
})

test('only whole lines are begun, so the bound is never exceeded', async () => {
  const { writtenBytes } = await run({ atMostBytes: 3.9 * lineBytes }, async ({ length }) => length)
  expect(writtenBytes).toBe(3 * lineBytes)
})

test('a slow reader slows the flood, and at most a second of it is made up for', async () => {
  const clock = fakeClock()
  const writes: (readonly [atMs: number, bytes: number])[] = []
  await run(
    { atMostBytes: 60 * mib },
    async ({ length }) => {
      writes.push([clock.nowMs(), length])
      if (writes.length === 1) await clock.wait(10_000)
      return length
    },
    clock,
  )
  const burst = writes.filter(([atMs], index) => index > 0 && atMs <= 10_100).reduce((sum, [, bytes]) => sum + bytes, 0)
  expect(burst).toBeLessThanOrEqual(22 * mib)
  expect(clock.nowMs()).toBeGreaterThan(11_900)
})

test('without room it tries the rest every 100 ms, reports once, and loses no byte', async () => {
  const kept: Buffer[] = []
  let calls = 0
  const write: Write = async (bytes) => {
    calls += 1
    if (calls > 5 && calls <= 15) throw systemError('ENOSPC')
    const taken = Math.min(bytes.length, 100_000)
    kept.push(Buffer.from(bytes.subarray(0, taken)))
    return taken
  }
  const { writtenBytes, fullAttempts, timesFull, tookMs } = await run({}, write)
  expect({ writtenBytes, fullAttempts, timesFull }).toEqual({ writtenBytes: 4 * mib, fullAttempts: 10, timesFull: 1 })
  expect(tookMs).toBeGreaterThanOrEqual(1000)
  const lines = Buffer.concat(kept).toString().split('\n')
  expect(lines.slice(0, -1).every((line) => line.length === lineBytes - 1)).toBe(true)
})

test('it gives up when writing fails for another reason', async () => {
  await expect(run({}, () => Promise.reject(systemError('EPIPE')))).rejects.toThrow('EPIPE')
})

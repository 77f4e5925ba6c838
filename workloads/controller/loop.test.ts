// Decides that passes never overlap, miss no change, and come back later and later after failures.
import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { Log } from '../service/log.ts'
import { Loop } from './loop.ts'

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate()
}

const never: Log = () => {
  throw new Error('no pass should fail here')
}

const { signal } = new AbortController()

test('changes in a burst are one pass', async () => {
  const pass = vi.fn<() => Promise<void>>(async () => {})
  const loop = new Loop(pass, never, signal)
  for (let change = 0; change < 100; change += 1) loop.wake()
  await settled()
  expect(pass).toHaveBeenCalledOnce()
})

test('changes during a pass are one more pass, after it', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const pass = vi.fn<() => Promise<void>>(() => promise)
  const loop = new Loop(pass, never, signal)
  loop.wake()
  await settled()
  loop.wake()
  loop.wake()
  await settled()
  expect(pass).toHaveBeenCalledTimes(1)
  resolve()
  await settled()
  expect(pass).toHaveBeenCalledTimes(2)
})

test('a pass that fails comes back after 1, 2, 4 seconds, at most 30, and 1 again after a success', async ({
  onTestFinished,
}) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const log = vi.fn<Log>()
  const retriesMs = () => log.mock.calls.map(([, facts]) => (facts as { readonly retryMs: number }).retryMs)
  let passes = 0
  const pass = async (): Promise<void> => {
    passes += 1
    if (passes !== 8) throw new Error('refused')
  }
  const loop = new Loop(pass, log, signal)
  loop.wake()
  for (let failure = 1; failure <= 7; failure += 1) {
    await settled()
    vi.advanceTimersByTime((retriesMs().at(-1) ?? 0) - 1)
    await settled()
    expect(passes).toBe(failure)
    vi.advanceTimersByTime(1)
  }
  await settled()
  loop.wake()
  await settled()
  expect(log).toHaveBeenLastCalledWith('trouble', { what: 'pass', why: 'refused', retryMs: 1000 })
  expect(retriesMs()).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 1000])
})

test('once stopped it ends after the pass under way', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const pass = vi.fn<() => Promise<void>>(() => promise)
  const stopped = new AbortController()
  const loop = new Loop(pass, never, stopped.signal)
  loop.wake()
  await settled()
  loop.wake()
  stopped.abort()
  resolve()
  await loop.ended
  loop.wake()
  await settled()
  expect(pass).toHaveBeenCalledOnce()
})

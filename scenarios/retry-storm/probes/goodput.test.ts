// Goodput counts answered requests of all that were sent, from a moment on.
import { expect, test } from 'vitest'
import { probe } from './goodput.ts'

test('the share counts from the moment on, without the last seconds', async () => {
  const second = (index: number, answered: number, failed: number) => ({
    second: index,
    pods: { a: answered },
    failed,
    notSent: 0,
  })
  const perSecond = Array.from({ length: 40 }, (_, index) => second(index, index < 20 ? 10 : 5, index < 20 ? 0 : 5))
  const startedAt = '2026-01-02T03:04:05.000Z'
  const timeline = { startedAt, lanes: [], events: [], actions: [], toMs: 40_000 } as never
  const { end } = await probe.start({} as never, { afterSeconds: 10 })
  const { metrics } = await end({ timeline, load: { startedAt, perSecond } } as never)
  expect(metrics.goodput_after).toBeCloseTo((10 + 17 / 2) / 27)
  expect(metrics.goodput_at_end).toBe(0.5)
})

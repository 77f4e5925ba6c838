// Decides what a result says of requests which were late, held back, or failed.
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { expect, test } from 'vitest'
import { fakeClock, stoppedAt } from './fake-clock.ts'
import { runLoad } from './load.ts'
import type { Say } from './load.ts'

const order = { rateRps: 10, windowMs: 2000, warmupMs: 1000, outstandingLimit: 5000 }

const answer: Say = async () => ({ kind: 'completed', pod: 'echo-1' })

test('the warm-up is sent but not counted', async () => {
  let sent = 0
  const result = await runLoad(order, (sequence) => ((sent += 1), answer(sequence)), fakeClock())
  expect(sent).toBe(30)
  expect(result).toMatchObject({ intended: 20, sent: 20, notSent: 0, completed: 20, failed: 0, windowMs: 2000 })
  expect(result.perSecond).toMatchObject([
    { second: 0, pods: { 'echo-1': 10 } },
    { second: 1, pods: { 'echo-1': 10 } },
  ])
})

test('a request sent late is charged from its intended time', async () => {
  const result = await runLoad(order, answer, fakeClock({ atMs: 1500, forMs: 400 }))
  expect(result.latencyUs?.max).toBe(400_000)
  expect(result.sendLagUs?.max).toBe(400_000)
  expect(decodeFromCompressedBase64(result.latencyHistogram).totalCount).toBe(20)
})

test('a request due beyond the outstanding limit is counted as not sent', async () => {
  let answerAll = (): void => {}
  const silence = new Promise<void>((resolve) => (answerAll = resolve))
  const clock = fakeClock()
  const result = runLoad({ ...order, outstandingLimit: 15 }, (sequence) => silence.then(() => answer(sequence)), clock)
  while (clock.nowUs() < 3_000_000) await new Promise(setImmediate)
  answerAll()
  // 10 of the 15 are the warm-up's.
  expect(await result).toMatchObject({ intended: 20, sent: 5, notSent: 15, completed: 5 })
})

test('failures are counted by status and have no latency', async () => {
  const result = await runLoad(order, async () => ({ kind: 'failed', statusName: 'UNAVAILABLE' }), fakeClock())
  expect(result).toMatchObject({ sent: 20, completed: 0, failed: 20, failures: { UNAVAILABLE: 20 }, latencyUs: null })
  expect(decodeFromCompressedBase64(result.latencyHistogram).totalCount).toBe(0)
})

test('a window ended early has the requests due so far and the seconds begun', async () => {
  const { clock, stop } = stoppedAt(2250)
  const result = await runLoad({ ...order, windowMs: 60_000 }, answer, clock, stop)
  expect(result).toMatchObject({ intended: 13, sent: 13, notSent: 0, completed: 13, windowMs: 1250 })
  expect(result.perSecond).toMatchObject([
    { second: 0, pods: { 'echo-1': 10 } },
    { second: 1, pods: { 'echo-1': 3 } },
  ])
  expect(result.requests).toHaveLength(13)
})

test('the requests of a window ended early are listed only if the planned one is small enough', async () => {
  const { clock, stop } = stoppedAt(2250)
  const { requests, intended } = await runLoad({ ...order, windowMs: 600_000 }, answer, clock, stop)
  expect({ requests, intended }).toEqual({ requests: null, intended: 13 })
})

test('the replies outstanding when a window is ended early are awaited', async () => {
  let answerAll = (): void => {}
  const silence = new Promise<void>((resolve) => (answerAll = resolve))
  const { clock, stop } = stoppedAt(1550)
  const result = runLoad(order, (sequence) => silence.then(() => answer(sequence)), clock, stop)
  while (!stop.aborted) await new Promise(setImmediate)
  expect(await Promise.race([result, new Promise((resolve) => setTimeout(resolve, 20, 'awaiting'))])).toBe('awaiting')
  answerAll()
  expect(await result).toMatchObject({ intended: 6, sent: 6, completed: 6, windowMs: 550 })
})

test('a window ended in the warm-up has no length, starts when it ended, and holds nothing', async () => {
  const { clock, stop } = stoppedAt(450)
  const result = await runLoad({ ...order, warmupMs: 3_600_000 }, answer, clock, stop)
  expect(result).toMatchObject({ intended: 0, sent: 0, completed: 0, windowMs: 0, latencyUs: null, perSecond: [], requests: [] })
  expect(Math.abs(Date.parse(result.startedAt) - Date.now())).toBeLessThan(60_000)
  expect(result.eventLoopDelayUs).toEqual({ p99: 0, max: 0 })
})

test('no quantile is above the maximum', async () => {
  const result = await runLoad(order, answer, fakeClock({ atMs: 1500, forMs: 368.257 }))
  expect(result.latencyUs).toMatchObject({ p999: 368_257, max: 368_257 })
})

test('each answered request of a small window is listed by intended time, failed ones are not', async () => {
  const secondFirst: Say = async (sequence) => {
    if (sequence === 1) await new Promise((resolve) => setTimeout(resolve, 20))
    return sequence === 3 ? { kind: 'failed', statusName: 'UNAVAILABLE' } : answer(sequence)
  }
  const clock = fakeClock({ atMs: 100, forMs: 50.123 })
  const result = await runLoad({ ...order, rateRps: 7, warmupMs: 0, windowMs: 600 }, secondFirst, clock)
  expect(result.requests?.map(([offsetMs]) => offsetMs)).toEqual([0, 142.86, 428.57, 571.43])
  expect(result.requests?.[1]).toEqual([142.86, 50.27])
})

test.each([
  [500, 1000],
  [501, undefined],
])('at %i requests a second a window of 2 s lists %s requests', async (rateRps, listed) => {
  const result = await runLoad({ ...order, rateRps, warmupMs: 0 }, answer, fakeClock())
  expect(result.requests?.length).toBe(listed)
  expect(result.requests === null).toBe(listed === undefined)
})

test('each second that is over is told, with what came back in it', async () => {
  const slow: Say = (sequence) =>
    new Promise((resolve) => setTimeout(resolve, 0, { kind: 'completed', pod: `echo-${sequence % 2}` }))
  const told: object[] = []
  const result = await runLoad({ ...order, windowMs: 3500 }, slow, fakeClock(), undefined, (second) => told.push(second))
  expect(told).toHaveLength(3)
  expect(told[1]).toMatchObject({ second: 1, failed: 0, notSent: 0 })
  const counted = told.flatMap((second) => Object.values((second as { pods: Record<string, number> }).pods))
  expect(counted.reduce((all, each) => all + each, 0)).toBeLessThanOrEqual(result.completed)
})

test('what is late is told in the second in which it comes, and counts in the one in which it was due', async () => {
  const answers: (() => void)[] = []
  const silent: Say = (sequence) =>
    new Promise((resolve) => {
      if (sequence > 20) resolve({ kind: 'completed', pod: 'echo-1' })
      else answers.push(() => resolve({ kind: 'completed', pod: 'echo-1' }))
      if (sequence === 25) for (const each of answers) each()
    })
  const told: { readonly pods: Readonly<Record<string, number>> }[] = []
  const plan = { ...order, warmupMs: 1000, windowMs: 2000 }
  const { perSecond } = await runLoad(plan, silent, fakeClock(), undefined, (second) => told.push(second))
  expect(told.map(({ pods }) => pods)).toEqual([{}, { 'echo-1': 20 }])
  expect(perSecond.map(({ pods }) => pods)).toEqual([{ 'echo-1': 10 }, { 'echo-1': 10 }])
})

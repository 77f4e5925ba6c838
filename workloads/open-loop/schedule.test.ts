// Decides what an open loop promises: intended times never depend on how sending went.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeClock, stoppedAt } from './fake-clock.ts'
import { requestsInWindow, runSchedule } from './schedule.ts'
import type { Clock, DueRequest, LoadPlan } from './schedule.ts'

const dueRequests = async (plan: LoadPlan, clock: Clock): Promise<DueRequest[]> => {
  const due: DueRequest[] = []
  await runSchedule(plan, clock, (request) => due.push(request))
  return due
}

const plan = { rateRps: 100, warmupMs: 0, windowMs: 1000 }

test('requests are intended at a fixed spacing', async () => {
  const due = await dueRequests(plan, fakeClock())
  expect(due.map(({ offsetUs }) => offsetUs)).toEqual(Array.from({ length: 100 }, (_, index) => index * 10_000))
  expect(due.every(({ sendLagUs }) => sendLagUs === 0)).toBe(true)
})

test('a spacing finer than the timer makes a request late, never early and never more than a tick', async () => {
  const due = await dueRequests({ ...plan, rateRps: 240 }, fakeClock())
  expect(due).toHaveLength(240)
  expect(due.every(({ sendLagUs }) => sendLagUs >= 0 && sendLagUs <= 1000)).toBe(true)
})

test('a stall delays sends but keeps their intended times, and the sends catch up', async () => {
  const due = await dueRequests(plan, fakeClock({ atMs: 300, forMs: 200 }))
  expect(due.map(({ offsetUs }) => offsetUs)).toEqual(Array.from({ length: 100 }, (_, index) => index * 10_000))
  expect(due.slice(29, 33).map(({ sendLagUs }) => sendLagUs)).toEqual([0, 200_000, 190_000, 180_000])
  expect(due.slice(49, 53).map(({ sendLagUs }) => sendLagUs)).toEqual([10_000, 0, 0, 0])
})

test('the warm-up has negative offsets and the same spacing', async () => {
  const due = await dueRequests({ ...plan, warmupMs: 25, windowMs: 20 }, fakeClock())
  expect(due.map(({ offsetUs }) => offsetUs)).toEqual([-20_000, -10_000, 0, 10_000])
})

test('the schedule ends when the window does, not at its last request', async () => {
  const clock = fakeClock()
  await dueRequests({ rateRps: 1, warmupMs: 500, windowMs: 1500 }, clock)
  expect(clock.nowUs()).toBe(2_000_000)
})

test('asked to stop, it calls for what was due by then and was waiting for the next tick, and for nothing more', async () => {
  const { clock, stop } = stoppedAt(4.5)
  const due: DueRequest[] = []
  expect(await runSchedule({ ...plan, rateRps: 240 }, clock, (request) => due.push(request), stop)).toBe(4.5)
  expect(due.map(({ offsetUs, sendLagUs }) => [offsetUs, sendLagUs].map(Math.round))).toEqual([
    [0, 0],
    [4167, 333],
  ])
  expect(clock.nowUs()).toBe(4500)
})

test('asked to stop in the warm-up, it returns how long before the window that was', async () => {
  const { clock, stop } = stoppedAt(15)
  const due: DueRequest[] = []
  expect(await runSchedule({ ...plan, warmupMs: 40 }, clock, (request) => due.push(request), stop)).toBe(-25)
  expect(due.map(({ offsetUs }) => offsetUs)).toEqual([-40_000, -30_000])
})

test('asked to stop before it starts, it calls for nothing', async () => {
  const due: DueRequest[] = []
  expect(await runSchedule(plan, fakeClock(), (request) => due.push(request), AbortSignal.abort())).toBe(0)
  expect(due).toEqual([])
})

test('asked to stop after the window, it has the length that was planned', async () => {
  const { clock, stop } = stoppedAt(1200)
  expect(await runSchedule(plan, clock, () => {}, stop)).toBe(1000)
  await clock.wait(500)
  expect(stop.aborted).toBe(true)
})

test('for any plan stopped at any time, what is called for is what a plan of that length has', async () => {
  const stops = fc.record({ rateRps: fc.double({ min: 0.1, max: 300, noNaN: true }), atMs: fc.integer({ min: 0, max: 1499 }) })
  await fc.assert(
    fc.asyncProperty(stops, async ({ rateRps, atMs }) => {
      const { clock, stop } = stoppedAt(atMs + 0.5)
      const anyPlan = { rateRps, warmupMs: 500, windowMs: 2000 }
      const due: DueRequest[] = []
      const windowMs = Math.max(0, await runSchedule(anyPlan, clock, (request) => due.push(request), stop))
      expect(windowMs).toBe(Math.max(0, atMs - 499.5))
      expect(due.filter(({ offsetUs }) => offsetUs >= 0)).toHaveLength(requestsInWindow({ ...anyPlan, windowMs }))
    }),
    { numRuns: 50 },
  )
})

test('for any plan, the window holds the number of requests it says, all inside it', async () => {
  const plans = fc.record({
    rateRps: fc.double({ min: 0.1, max: 300, noNaN: true }),
    warmupMs: fc.integer({ min: 0, max: 500 }),
    windowMs: fc.integer({ min: 1, max: 3000 }),
  })
  await fc.assert(
    fc.asyncProperty(plans, async (anyPlan) => {
      const inWindow = (await dueRequests(anyPlan, fakeClock())).filter(({ offsetUs }) => offsetUs >= 0)
      expect(inWindow).toHaveLength(requestsInWindow(anyPlan))
      expect(inWindow.every(({ offsetUs }) => offsetUs < anyPlan.windowMs * 1000)).toBe(true)
    }),
    { numRuns: 50 },
  )
})

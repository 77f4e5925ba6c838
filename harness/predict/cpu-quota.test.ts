import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Metric } from '../model/run.ts'
import { model, predictCpuQuota } from './cpu-quota.ts'

/** Seen at once and handed out in small slices, a quota has plain arithmetic: a request that begins at phase φ of a period is answered after 110−φ, 30 or 110 ms. */
const service = { costMs: 30, limitMillicores: 200, podLimitMillicores: null, rateRps: 2.9, tickMs: 0, sliceMs: 0.1 }
const predicted = predictCpuQuota(service) // slices this small take a second

test('30 ms under 200m: 110−φ up to φ = 80, 30 up to 90, then 110; so p50 is 70 and p99 is 110', () => {
  const { latencyMs, overloaded } = predicted
  expect(overloaded).toBe(false)
  expect(latencyMs?.p50).toBeCloseTo(70, 0)
  expect(latencyMs?.p99).toBeCloseTo(110, 0)
  expect(latencyMs?.max).toBeCloseTo(110, 0)
})

test('its timer runs for 3 periods, 4 where φ > 90, the idle one among them; one is throttled, but for 80 < φ ≤ 90', () => {
  expect(predicted.throttledRatio).toBeCloseTo(0.9 / 3.1, 3)
})

test('it is stopped for 80−φ up to φ = 80, and for 80 where φ > 90: 40 ms in the mean', () => {
  expect(predicted.throttledMsPerRequest).toBeCloseTo(40, 0)
})

test("the pod's own quota makes a request wait for the later of two periods: p50 rises by a fifth or more, p99 stays", () => {
  const both = predictCpuQuota({ ...service, podLimitMillicores: 200 })
  expect(both.latencyMs?.p50).toBeGreaterThan(84)
  expect(both.latencyMs?.p99).toBeCloseTo(110, 0)
  expect(both.throttledMsPerRequest, 'of which the container counts only its own').toBeLessThan(40)
})

test('what the kernel sees only at its next tick lets some get away that miss by less than a tick', () => {
  const nearly = { ...service, costMs: 31.5, limitMillicores: 300 }
  const seenAtOnce = predictCpuQuota(nearly)
  const seenAtTicks = predictCpuQuota({ ...nearly, tickMs: 4 })
  expect(seenAtTicks.throttledMsPerRequest).toBeLessThan(seenAtOnce.throttledMsPerRequest / 2)
  expect(seenAtTicks.throttledMsPerRequest).toBeGreaterThan(0)
  expect(seenAtTicks.latencyMs?.p50).toBe(31.5)
})

test.each([0.25, 1, 4, 10])(
  'ticks of %d ms: the answer comes, and no request waits for two periods where one and a half grant its cost',
  (tickMs) => {
    const { latencyMs } = predictCpuQuota({ costMs: 34, limitMillicores: 300, rateRps: 2.9, tickMs })
    expect(latencyMs?.max).toBeLessThan(134)
  },
)

test('requests of different cost: a limit that fits the mean stops those above it', () => {
  const even = { costMs: 30, limitMillicores: 310, rateRps: 2.9 }
  expect(predictCpuQuota(even).latencyMs?.p99).toBe(30)
  expect(predictCpuQuota({ ...even, spread: 0.1 }).latencyMs?.p99).toBeGreaterThan(90)
  const { latencyMs } = predictCpuQuota({ ...even, limitMillicores: null, spread: 0.1 })
  expect(latencyMs?.p50).toBeCloseTo(30 / Math.sqrt(1.01), 0)
  expect(latencyMs?.p99).toBeCloseTo(30 * Math.exp(0.0998 * 2.326 - 0.005), 0)
})

test('a container without a limit of its own waits for its pod alone, and counts none of it', () => {
  const { latencyMs, throttledRatio } = predictCpuQuota({ ...service, limitMillicores: null, podLimitMillicores: 200 })
  expect(latencyMs?.p99).toBeCloseTo(110, 0)
  expect(throttledRatio).toBe(0)
})

test('one that misses by 1 ms waits almost as long: 101−φ up to φ = 71, so p50 is 52', () => {
  expect(predictCpuQuota({ ...service, limitMillicores: 290 }).latencyMs?.p50).toBeCloseTo(52, 0)
})

test.each([null, 300, 1000])('a limit of %j leaves every request at its cost', (limitMillicores) => {
  const { latencyMs, throttledRatio, throttledMsPerRequest } = predictCpuQuota({ ...service, limitMillicores })
  expect(latencyMs).toEqual({ p50: 30, p99: 30, max: 30 })
  expect(throttledRatio).toBe(0)
  expect(throttledMsPerRequest).toBe(0)
})

test('a steady stream keeps the timer running: 5 ms of quota for 4 ms of work in each period is never throttled', () => {
  const { throttledRatio, useOfLimit } = predictCpuQuota({ costMs: 0.4, limitMillicores: 50, rateRps: 100 })
  expect(throttledRatio).toBe(0)
  expect(useOfLimit).toBeCloseTo(0.8)
})

test('two workers use up the quota together: 20 ms each of 40 ms, and the next period does the rest', () => {
  const burst = { costMs: 30, limitMillicores: 400, rateRps: 10, workers: 2 }
  expect(predictCpuQuota(burst).throttledRatio).toBe(0)
  expect(predictCpuQuota({ ...burst, arrivals: 'poisson' }).throttledRatio).toBeGreaterThan(0.1)
})

test('more load than the limit grants has no latency, and is throttled in each period', () => {
  expect(predictCpuQuota({ ...service, limitMillicores: 80 })).toEqual({
    latencyMs: null,
    throttledRatio: 1,
    throttledMsPerRequest: (100 - 8) / (8 / 30),
    useOfLimit: 1,
    overloaded: true,
  })
})

test('more load than one worker can do is no matter of the limit', () => {
  const { overloaded, throttledRatio, useOfLimit } = predictCpuQuota({ costMs: 30, limitMillicores: 2000, rateRps: 40 })
  expect({ overloaded, throttledRatio, useOfLimit }).toEqual({ overloaded: true, throttledRatio: 0, useOfLimit: 0.5 })
})

/** Share of requests that wait no longer than this, one server at a time, each `costMs` long (Erlang 1909, for M/D/1). */
const waitsAtMost = (waitMs: number, costMs: number, rateRps: number): number => {
  const [perMs, load] = [rateRps / 1000, (rateRps * costMs) / 1000]
  let sum = 0
  for (let k = 0, factorial = 1; k * costMs <= waitMs; factorial *= ++k) {
    const x = perMs * (k * costMs - waitMs)
    sum += (x ** k / factorial) * Math.exp(-x)
  }
  return (1 - load) * sum
}

test('Poisson arrivals without a limit wait as Erlang calculated', () => {
  const { latencyMs } = predictCpuQuota({ costMs: 10, limitMillicores: null, rateRps: 60, arrivals: 'poisson' })
  expect(waitsAtMost((latencyMs?.p50 ?? 0) - 10, 10, 60)).toBeCloseTo(0.5, 1)
  expect(waitsAtMost((latencyMs?.p99 ?? 0) - 10, 10, 60)).toBeCloseTo(0.99, 2)
})

test('the same seed predicts the same, another one nearly so', () => {
  const of = (seed: number) => predictCpuQuota({ ...service, tickMs: 4, sliceMs: 5, arrivals: 'poisson', seed })
  expect(of(1)).toEqual(of(1))
  expect(of(1)).not.toEqual(of(2))
  expect(of(1).throttledRatio).toBeCloseTo(of(2).throttledRatio, 1)
})

const anyService = fc.record({
  costMs: fc.double({ min: 0.5, max: 150, noNaN: true }),
  rateRps: fc.double({ min: 0.5, max: 30, noNaN: true }),
  workers: fc.integer({ min: 1, max: 3 }),
})
const limits = fc
  .tuple(fc.integer({ min: 5, max: 300 }), fc.integer({ min: 5, max: 300 }))
  .map((each) => each.map((ten) => ten * 10))
const runs = { numRuns: 15 }

test('no request is faster than its cost, and the limit is used as much as the load asks for', () => {
  fc.assert(
    fc.property(anyService, limits, (each, [limitMillicores = 10]) => {
      const { latencyMs, overloaded, useOfLimit } = predictCpuQuota({ ...each, limitMillicores })
      if (latencyMs === null || overloaded) return
      expect(latencyMs.p50).toBeGreaterThanOrEqual(each.costMs - 1e-5)
      expect(latencyMs.p99).toBeGreaterThanOrEqual(latencyMs.p50)
      expect(latencyMs.max).toBeGreaterThanOrEqual(latencyMs.p99)
      expect(useOfLimit).toBeCloseTo((each.rateRps * each.costMs) / limitMillicores, 9)
    }),
    runs,
  )
})

test('a higher limit never stops for longer, and never makes p50 or p99 worse', () => {
  fc.assert(
    fc.property(anyService, limits, (each, both) => {
      const [low, high] = both.toSorted((a, b) => a - b).map((limitMillicores) => predictCpuQuota({ ...each, limitMillicores }))
      if (!low?.latencyMs || !high?.latencyMs) return
      expect(high.throttledMsPerRequest).toBeLessThanOrEqual(low.throttledMsPerRequest + 1e-6)
      expect(high.latencyMs.p50).toBeLessThanOrEqual(low.latencyMs.p50 + 1e-6)
      expect(high.latencyMs.p99).toBeLessThanOrEqual(low.latencyMs.p99 + 1e-6)
    }),
    runs,
  )
})

const measured = (value: number, unit: string): Metric => ({
  value,
  unit,
  n: 1,
  blocks: [{ block: 0, value }],
  combined: 'median',
  interval: null,
})

test('the model takes the cost, and what comes on top, from the control; the limit from the arm', () => {
  const from = model.learn({ cpu_ms_per_request: measured(30, 'ms'), latency_p50: measured(34, 'ms') }, 2.9) ?? {}
  expect(from).toEqual({ cpu_ms_per_request: 30, cost_spread: 0, besides_ms: 4, rate_rps: 2.9 })
  const incident = model.predict(from, { cpu_limit_millicores: measured(200, 'millicores') })
  expect(incident['latency_p99']).toBeCloseTo(113.2, 1)
  expect(model.predict(from, {})).toEqual({
    latency_p50: 34,
    latency_p99: 34,
    throttled_ratio: 0,
    throttled_ms_per_request: 0,
  })
  expect(model.learn({}, 2.9)).toBeUndefined()
})

test('it learns the spread of single requests from how far the means of blocks of many differ', () => {
  const cost: Metric = { ...measured(30, 'ms'), n: 75, blocks: [29.4, 30, 30.6].map((value, block) => ({ block, value })) }
  expect(model.learn({ cpu_ms_per_request: cost, latency_p50: measured(34, 'ms') }, 2.9)?.['cost_spread']).toBeCloseTo(
    0.02 * 5,
    9,
  )
})

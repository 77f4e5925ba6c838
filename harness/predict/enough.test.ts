import { expect, test } from 'vitest'
import { predictCpuQuota } from './cpu-quota.ts'
import type { Service } from './cpu-quota.ts'
import { enough, rarely } from './enough.ts'
import { margin } from './model-error.ts'

const service: Service = { costMs: 30, rateRps: 2.9, periodMs: 100, arrivals: 'even', workers: 1, seed: 1 }

test('what one request needs has to fit into one period: 300m for 30 ms', () => {
  expect(enough(service)).toMatchObject({ unthrottledMillicores: 300, nearlyMillicores: 300 })
})

test('the recommended limit has the measured error of the model on top', () => {
  expect(enough(service).recommendedMillicores).toBe(Math.ceil(30 * (1 + margin)) * 10)
})

test('a request longer than a period may be stopped a little without harm', () => {
  const { unthrottledMillicores, nearlyMillicores } = enough({ ...service, costMs: 130, rateRps: 1 })
  expect(unthrottledMillicores).toBe(1000)
  expect(nearlyMillicores).toBeLessThan(1000)
})

test('no limit is enough for more than the workers can do', () => {
  expect(enough({ ...service, rateRps: 40 })).toEqual({
    unthrottledMillicores: null,
    nearlyMillicores: null,
    recommendedMillicores: null,
  })
})

const services: Service[] = [
  { ...service, costMs: 12, rateRps: 20, workers: 2 },
  { ...service, costMs: 45, rateRps: 7, arrivals: 'poisson' },
]

test.each(services)('ten millicores less are not enough ($costMs ms, $arrivals)', (each) => {
  const { unthrottledMillicores } = enough(each)
  const ratioAt = (limitMillicores: number): number => predictCpuQuota({ ...each, limitMillicores }).throttledRatio
  expect(ratioAt(unthrottledMillicores ?? 0)).toBeLessThan(rarely)
  expect(ratioAt((unthrottledMillicores ?? 0) - 10)).toBeGreaterThanOrEqual(rarely)
})

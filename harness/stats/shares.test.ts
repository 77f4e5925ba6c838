import fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectivePods, firstLevelSecond, topShare, topSharePerSecondMedian, totals } from './shares.ts'

test('one pod with every request is one effective pod, whatever the others are', () => {
  expect(effectivePods({ a: 900, b: 0, c: 0 })).toBe(1)
  expect(topShare({ a: 900, b: 0 })).toBe(1)
})

test('even pods are as many effective pods', () => {
  expect(effectivePods({ a: 100, b: 100, c: 100 })).toBeCloseTo(3)
})

test('shares of 1/2, 1/4 and 1/4 are 8/3 effective pods', () => {
  expect(effectivePods({ a: 2, b: 1, c: 1 })).toBeCloseTo(8 / 3)
})

test('without a request there is no effective pod and no top share', () => {
  expect(effectivePods({})).toBe(0)
  expect(topShare({})).toBe(0)
  expect(topSharePerSecondMedian([])).toBe(0)
})

test('a connection that moves every second is even in total and hot in every second', () => {
  const perSecond = [{ a: 10 }, { b: 10 }, { c: 10 }]
  expect(effectivePods(totals(perSecond))).toBeCloseTo(3)
  expect(topSharePerSecondMedian(perSecond)).toBe(1)
})

test('seconds without a request do not count', () => {
  expect(topSharePerSecondMedian([{}, { a: 1, b: 1 }, {}])).toBe(0.5)
})

const counts = fc.dictionary(fc.string(), fc.integer({ min: 1, max: 10_000 }), { minKeys: 1, maxKeys: 20 })

test('effective pods lie between 1 and the number of pods, and at least 1 / top share', () => {
  fc.assert(
    fc.property(counts, (each) => {
      const effective = effectivePods(each)
      expect(effective).toBeGreaterThanOrEqual(1 - 1e-9)
      expect(effective).toBeLessThanOrEqual(Object.keys(each).length + 1e-9)
      expect(effective).toBeGreaterThanOrEqual(1 / topShare(each) - 1e-9)
    }),
  )
})

test('added pods are level when each has half of an even share in one second', () => {
  const perSecond = [
    { a: 10, b: 10 },
    { a: 9, b: 9, c: 2 },
    { a: 8, b: 8, c: 4 },
    { a: 7, b: 7, c: 7 },
  ]
  expect(firstLevelSecond(perSecond, ['c'], 3)).toBe(2)
  expect(firstLevelSecond(perSecond, ['c', 'd'], 4)).toBeUndefined()
})

import { mean, sampleVariance } from 'simple-statistics'
import { expect, test } from 'vitest'
import { normalDraw } from './fixtures/normal-draws.ts'
import { predictionReach } from './prediction.ts'
import { seeded } from './seeded.ts'

const reachOf = (values: readonly number[]): number =>
  predictionReach({ variance: sampleVariance([...values]), degrees: values.length - 1 }, values.length, 0.99)

test('three values that are one apart: nine times their deviation and a bit at 99 %, since three say little', () => {
  expect(reachOf([1, 2, 3])).toBeCloseTo(9.92484 * Math.sqrt(4 / 3), 3)
})

test('values that do not scatter leave no margin', () => {
  expect(reachOf([0.5, 0.5, 0.5])).toBe(0)
})

test.each([3, 5, 10])('of %d normal values one more lies within in 99 % of cases', (count) => {
  const random = seeded(count)
  const series = 4000
  const outside = Array.from({ length: series }, () => {
    const values = Array.from({ length: count }, () => normalDraw(random))
    return Math.abs(normalDraw(random) - mean(values)) > reachOf(values)
  }).filter(Boolean).length
  expect(Math.abs(outside / series - 0.01)).toBeLessThan(0.005)
})

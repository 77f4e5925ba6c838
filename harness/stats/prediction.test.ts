import { expect, test } from 'vitest'
import { normalDraw } from './fixtures/normal-draws.ts'
import { predictionReach } from './prediction.ts'
import { seeded } from './seeded.ts'

test('three values that are one apart: nine times their deviation and a bit at 99 %, since three say little', () => {
  const { middle, reach } = predictionReach([1, 2, 3], 0.99)
  expect(middle).toBe(2)
  expect(reach).toBeCloseTo(9.92484 * Math.sqrt(4 / 3), 3)
})

test('values that do not scatter leave no room', () => {
  expect(predictionReach([0.5, 0.5, 0.5], 0.99)).toEqual({ middle: 0.5, reach: 0 })
})

test.each([3, 5, 10])('of %d normal values one more lies within in 99 % of cases', (count) => {
  const random = seeded(count)
  const normal = (): number => normalDraw(random)
  const series = 4000
  const outside = Array.from({ length: series }, () => {
    const { middle, reach } = predictionReach(
      Array.from({ length: count }, () => normal()),
      0.99,
    )
    return Math.abs(normal() - middle) > reach
  }).filter(Boolean).length
  expect(Math.abs(outside / series - 0.01)).toBeLessThan(0.005)
})

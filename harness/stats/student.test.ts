import { expect, test } from 'vitest'
import { studentReach, studentTail } from './student.ts'

test.each([
  [0.95, 1, 12.7062],
  [0.95, 2, 4.30265],
  [0.95, 3, 3.18245],
  [0.99, 4, 4.60409],
  [0.99, 9, 3.24984],
  [0.999, 10, 4.58689],
  [0.95, 28, 2.04841],
  [0.95, 120, 1.97993],
])('a share of %d lies within the tabled value: %d degrees of freedom, %d', (level, degrees, tabled) => {
  expect(studentReach(level, degrees)).toBeCloseTo(tabled, 4)
})

test('a value of 0 is no surprise, and what is far out is rarer the more degrees of freedom there are', () => {
  for (const degrees of [1, 2, 7, 28]) expect(studentTail(0, degrees)).toBe(1)
  expect(studentTail(-4, 3)).toBe(studentTail(4, 3))
  expect(studentTail(10, 28)).toBeCloseTo(9.62e-11, 12)
  const tails = [1, 2, 3, 4, 5, 6].map((degrees) => studentTail(4, degrees))
  expect(tails).toEqual(tails.toSorted((a, b) => b - a))
})

test('a value without end, as of samples that do not scatter, has the smallest probability that can be computed', () => {
  expect(studentTail(Infinity, 4)).toBe(1e-15)
  expect(studentTail(1e9, 28)).toBe(1e-15)
})

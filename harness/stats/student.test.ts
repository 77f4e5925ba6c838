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
  [0.95, 2.5, 3.574655],
  [0.999, 7.25, 5.302992],
  [0.9986, 41.3, 3.425406],
])('a share of %d lies within the tabled value: %d degrees of freedom, %d', (level, degrees, tabled) => {
  expect(studentReach(level, degrees)).toBeCloseTo(tabled, 4)
})

test.each([
  [2, 2.5, 0.157391495757966],
  [4.5, 3.7, 0.012927381711591775],
  [0.3, 0.8, 0.8234543439530251],
  [10, 12.4, 2.7080458459076384e-7],
  [0.001, 5.5, 0.9992373871193493],
  [3, 150.25, 0.0031614751409277716],
  [40, 6.2, 1.0171294957030186e-8],
])(
  'beyond %d on either side, with %d degrees of freedom, lies a share of %d, as mpmath computes it to 30 digits',
  (t, degrees, share) => {
    expect(studentTail(t, degrees) / share).toBeCloseTo(1, 12)
  },
)

test('a value of 0 is no surprise, and what is far out is rarer the more degrees of freedom there are', () => {
  for (const degrees of [1, 2, 7, 28]) expect(studentTail(0, degrees)).toBe(1)
  expect(studentTail(-4, 3)).toBe(studentTail(4, 3))
  expect(studentTail(10, 28)).toBeCloseTo(9.62e-11, 12)
  const tails = [1, 2, 3, 4, 5, 6].map((degrees) => studentTail(4, degrees))
  expect(tails).toEqual(tails.toSorted((a, b) => b - a))
})

test('Cauchy and two degrees of freedom have closed forms', () => {
  for (const t of [0.01, 0.7, 1, 3, 50]) {
    expect(studentTail(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12)
    expect(studentTail(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12)
  }
})

test('a value without end, as of samples that do not scatter, has the smallest probability that can be computed', () => {
  expect(studentTail(Infinity, 4)).toBe(1e-15)
  expect(studentTail(1e9, 28)).toBe(1e-15)
})

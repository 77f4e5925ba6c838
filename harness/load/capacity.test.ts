import fc from 'fast-check'
import { expect, test } from 'vitest'
import { steadyRate } from './capacity.ts'

test('a rate is the nearest one that does not march in step with a 100 ms period', () => {
  expect([3, 2.88, 2.5, 2.02, 0.1, 120].map(steadyRate)).toEqual([2.9, 2.9, 2.3, 2.1, 0.1, 119.9])
})

test('in 10 s a rate of k/10 visits k phases of the period', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.3, max: 9, noNaN: true }), (wanted) => {
      const rate = steadyRate(wanted)
      expect(Math.abs(rate - wanted)).toBeLessThanOrEqual(0.2001)
      const requests = Math.round(rate * 10)
      const phases = Array.from({ length: requests }, (_, index) => Math.round(((index * 1e6) / rate) % 100_000) % 100_000)
      expect(new Set(phases).size).toBe(requests)
    }),
  )
})

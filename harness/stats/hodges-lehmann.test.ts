import fc from 'fast-check'
import { expect, test } from 'vitest'
import { knownAnswers } from './fixtures/known-answers.ts'
import { hodgesLehmann } from './hodges-lehmann.ts'

test.each(knownAnswers.paired)('the shift is the median of Walsh averages that numpy gives: $walshMedian', (known) => {
  expect(hodgesLehmann(known.differences).shift).toBeCloseTo(known.walshMedian, 12)
})

test.each(knownAnswers.paired)(
  'the interval leaves out 0 exactly when scipy finds p = $p to be 5 % or less',
  ({ differences, p }) => {
    const { interval } = hodgesLehmann(differences)
    expect(interval !== null && (interval.low > 0 || interval.high < 0)).toBe(p <= 0.05)
  },
)

test('six differences: the interval is the whole range, and holds 96.9 %', () => {
  expect(hodgesLehmann([3, 1, 2, 6, 5, 4])).toEqual({ shift: 3.5, interval: { low: 1, high: 6, level: 1 - 2 / 64 } })
})

test('five differences carry no 95 % interval, but a 90 % one', () => {
  expect(hodgesLehmann([1, 2, 3, 4, 5]).interval).toBeNull()
  expect(hodgesLehmann([1, 2, 3, 4, 5], 0.9).interval).toMatchObject({ low: 1, high: 5 })
})

const differences = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 20 })

test('the interval holds the shift, and at least the level asked for', () => {
  fc.assert(
    fc.property(differences, fc.constantFrom(0.8, 0.9, 0.95, 0.99), (each, level) => {
      const { shift, interval } = hodgesLehmann(each, level)
      if (interval === null) return
      expect(interval.level).toBeGreaterThanOrEqual(level - 1e-9)
      expect(interval.low).toBeLessThanOrEqual(shift)
      expect(interval.high).toBeGreaterThanOrEqual(shift)
    }),
  )
})

test('more confidence is a wider interval', () => {
  fc.assert(
    fc.property(differences, (each) => {
      const [narrow, wide] = [0.8, 0.95].map((level) => hodgesLehmann(each, level).interval)
      if (!narrow || !wide) return
      expect(wide.low).toBeLessThanOrEqual(narrow.low)
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high)
    }),
  )
})

test('more of everything is as much more of the shift', () => {
  fc.assert(
    fc.property(differences, fc.double({ min: -5, max: 5, noNaN: true }), (each, more) => {
      expect(hodgesLehmann(each.map((value) => value + more)).shift).toBeCloseTo(hodgesLehmann(each).shift + more, 9)
    }),
  )
})

import fc from 'fast-check'
import { max, mean, median, min, sampleStandardDeviation } from 'simple-statistics'
import { expect, test } from 'vitest'
import { bootstrapInterval, medianInterval } from './bootstrap.ts'
import { knownAnswers } from './fixtures/known-answers.ts'

type Statistic = (values: readonly number[]) => number
const meanOf: Statistic = (values) => mean([...values])
const medianOf: Statistic = (values) => median([...values])
const statistics: Record<string, Statistic> = {
  mean: meanOf,
  median: medianOf,
  deviation: (values) => sampleStandardDeviation([...values]),
}

test.each(knownAnswers.bootstrap)('the interval of the $statistic is the one scipy gives', ({ statistic, values, low, high }) => {
  const interval = bootstrapInterval(values, statistics[statistic] ?? meanOf, { seed: 7, resamplings: 10_000 })
  const tolerance = (statistic === 'median' ? 0.1 : 0.05) * (high - low) // a median moves in steps
  expect(Math.abs(interval.low - low)).toBeLessThan(tolerance)
  expect(Math.abs(interval.high - high)).toBeLessThan(tolerance)
})

test('the same seed gives the same interval, another one another', () => {
  const values = [1, 5, 2, 8, 3, 9, 4]
  const of = (seed: number) => bootstrapInterval(values, meanOf, { seed })
  expect(of(1)).toEqual(of(1))
  expect(of(1)).not.toEqual(of(2))
})

test('blocks that are all equal give a point', () => {
  expect(bootstrapInterval([3, 3, 3, 3], meanOf, { seed: 1 })).toEqual({ low: 3, high: 3, level: 0.95 })
})

test('a block can be anything', () => {
  const blocks = [{ hits: 1 }, { hits: 2 }, { hits: 6 }]
  const { low, high } = bootstrapInterval(blocks, (drawn) => meanOf(drawn.map((block) => block.hits)), { seed: 1 })
  expect(low).toBeLessThan(3)
  expect(high).toBeGreaterThan(3)
})

/** What every resampling falls below, or above: the statistic of the blocks themselves counts how many of them differ. */
const beyond =
  (sign: number): Statistic =>
  (values) =>
    sign * new Set(values).size

test.each([1, -1])('a statistic beyond all resamplings still has an interval (%i)', (sign) => {
  const blocks = Array.from({ length: 30 }, (_, index) => index)
  const { low, high } = bootstrapInterval(blocks, beyond(sign), { seed: 1, resamplings: 200 })
  expect([low, high].every(Number.isFinite)).toBe(true)
  expect(low).toBeLessThanOrEqual(high)
})

test('the interval of a mean or a median lies within the data, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 12 }),
      fc.constantFrom(meanOf, medianOf),
      (values, statistic) => {
        const { low, high } = bootstrapInterval(values, statistic, { seed: 1, resamplings: 200 })
        expect(low).toBeGreaterThanOrEqual(min(values) - 1e-9)
        expect(high).toBeLessThanOrEqual(max(values) + 1e-9)
        expect(low).toBeLessThanOrEqual(high)
      },
    ),
  )
})

test('the interval of the median is the same, however it is computed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 13 }), fc.nat(), (sevenths, seed) => {
      const values = sevenths.map((each) => each / 7) // with ties, and what rounding does
      const options = { seed, resamplings: 50 }
      expect(medianInterval(values, options)).toEqual(bootstrapInterval(values, medianOf, options))
    }),
  )
})

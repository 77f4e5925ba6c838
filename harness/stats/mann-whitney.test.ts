import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mannWhitneyDistribution, shiftOfSamples } from './mann-whitney.ts'
import { normalDraw } from './fixtures/normal-draws.ts'
import { seeded } from './seeded.ts'

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

test('the distribution of U is that of printed tables: 1, 1, 2, 3, 3, 3, 3, 2, 1, 1 of 20 for 3 and 3', () => {
  expect(mannWhitneyDistribution(3, 3).map((chance) => Math.round(chance * 20))).toEqual([1, 1, 2, 3, 3, 3, 3, 2, 1, 1])
})

test('it sums to 1, is symmetric, and is the same whichever sample comes first', () => {
  const size = fc.integer({ min: 1, max: 9 })
  fc.assert(
    fc.property(size, size, (m, n) => {
      const chances = mannWhitneyDistribution(m, n)
      expect(sum(chances)).toBeCloseTo(1, 12)
      chances.forEach((chance, u) => expect(chances.at(-1 - u)).toBeCloseTo(chance, 12))
      mannWhitneyDistribution(n, m).forEach((chance, u) => expect(chances[u]).toBeCloseTo(chance, 12))
    }),
  )
})

test('critical values are those of printed tables: U of 2 at 5 % for 5 and 5, of 5 for 6 and 6', () => {
  const atMost = (u: number, m: number, n: number): number => sum(mannWhitneyDistribution(m, n).slice(0, u + 1))
  expect(2 * atMost(2, 5, 5)).toBeLessThanOrEqual(0.05)
  expect(2 * atMost(3, 5, 5)).toBeGreaterThan(0.05)
  expect(2 * atMost(5, 6, 6)).toBeLessThanOrEqual(0.05)
  expect(2 * atMost(6, 6, 6)).toBeGreaterThan(0.05)
})

test('the shift is the median of all differences, and the interval lies between two of them', () => {
  expect(shiftOfSamples([1, 2, 3, 4], [11, 12, 13, 14])).toMatchObject({ shift: 10, interval: { low: 7, high: 13 } })
  expect(shiftOfSamples([1, 2, 3, 4], [11, 12, 13, 14]).interval?.level).toBeCloseTo(1 - 2 / 70, 12)
})

test('with three values of each there is no interval at 95 %', () => {
  expect(shiftOfSamples([1, 2, 3], [4, 5, 6])).toEqual({ shift: 3, interval: null })
})

test('of two samples from one distribution the interval leaves out 0 in 5 % of cases or fewer', () => {
  const random = seeded(7)
  const logNormal = (): number => Math.exp(0.3 * normalDraw(random))
  let wrong = 0
  const cases = 2000
  for (let each = 0; each < cases; each++) {
    const [older, newer] = [Array.from({ length: 6 }, logNormal), Array.from({ length: 6 }, logNormal)]
    const { interval } = shiftOfSamples(older, newer)
    if (interval && (interval.low > 0 || interval.high < 0)) wrong += 1
  }
  expect(wrong / cases).toBeLessThanOrEqual(0.05)
  expect(wrong).toBeGreaterThan(0)
})

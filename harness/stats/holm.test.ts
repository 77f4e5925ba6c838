import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holm } from './holm.ts'

test('by hand: the smallest of four p-values times four, the next times three, and so on, never falling', () => {
  expect(holm([0.01, 0.02, 0.03, 0.04]).map((p) => Number(p.toFixed(9)))).toEqual([0.04, 0.06, 0.06, 0.06])
  expect(holm([0.04, 0.005, 0.6, 0.011]).map((p) => Number(p.toFixed(9)))).toEqual([0.08, 0.02, 0.6, 0.033])
})

test('comparisons without a p-value belong to the family, too', () => {
  expect(holm([0.01, 0.02], 5)).toEqual([0.05, 0.08])
})

const share = fc.double({ min: 0, max: 1, noNaN: true })

test('an adjusted p-value is at least the one alone and at most Bonferroni’s of the largest; the smallest is Bonferroni’s, and their order stays', () => {
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 30 }), (values) => {
      const adjusted = holm(values)
      const pairs = values.map((p, index) => ({ p, to: adjusted[index] ?? NaN })).toSorted((a, b) => a.p - b.p)
      for (const [index, { p, to }] of pairs.entries()) {
        expect(to).toBeGreaterThanOrEqual(p)
        expect(to).toBeLessThanOrEqual(Math.min(1, values.length * (pairs.at(-1)?.p ?? 1)))
        expect(to).toBeGreaterThanOrEqual(pairs[index - 1]?.to ?? 0)
      }
      expect(pairs[0]?.to).toBeCloseTo(Math.min(1, values.length * (pairs[0]?.p ?? 1)), 9)
    }),
  )
})

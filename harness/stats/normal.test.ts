import { expect, test } from 'vitest'
import { knownAnswers } from './fixtures/known-answers.ts'
import { normalProbability, normalQuantile } from './normal.ts'

test.each(knownAnswers.normalQuantiles)('the quantile of $probability is the one scipy gives', ({ probability, z }) => {
  expect(normalQuantile(probability)).toBeCloseTo(z, 4)
  expect(normalProbability(z)).toBeCloseTo(probability, 6)
})

test('the ends are finite', () => {
  expect(normalQuantile(0)).toBe(-9)
  expect(normalQuantile(1)).toBe(9)
})

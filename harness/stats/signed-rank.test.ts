import { expect, test } from 'vitest'
import { knownAnswers } from './fixtures/known-answers.ts'
import { signedRankCritical, signedRankDistribution, signedRankPValue } from './signed-rank.ts'

const table = [
  [6, 0],
  [7, 2],
  [8, 3],
  [9, 5],
  [10, 8],
  [12, 13],
  [15, 25],
  [20, 52],
] as const

test.each(table)('for %i blocks the critical value at 5 %% is the %i of the published table', (n, sum) => {
  expect(signedRankCritical(n, 0.05)?.sum).toBe(sum)
})

test.each([0, 1, 2, 3, 4, 5])('%i blocks cannot be significant at 5 %%', (n) => {
  expect(signedRankCritical(n, 0.05)).toBeNull()
})

test('the level is the exact one: 6 blocks of one sign are 2 in 64', () => {
  expect(signedRankCritical(6, 0.05)).toEqual({ sum: 0, alpha: 2 / 64 })
})

test('the distribution of three ranks is counted on the fingers', () => {
  expect([...signedRankDistribution(3)]).toEqual([1, 1, 1, 2, 1, 1, 1].map((ways) => ways / 8))
})

test.each([1, 6, 25, 60])('the distribution of %i ranks is symmetric and sums to 1', (n) => {
  const chances = signedRankDistribution(n)
  expect(chances).toHaveLength((n * (n + 1)) / 2 + 1)
  expect(chances.toReversed()).toEqual(chances)
  expect(chances.reduce((all, chance) => all + chance, 0)).toBeCloseTo(1, 12)
})

test.each(knownAnswers.paired)('the p-value of a rank sum of $statistic is the one scipy gives', (known) => {
  expect(signedRankPValue(known.statistic, known.differences.length)).toBeCloseTo(known.p, 14)
})

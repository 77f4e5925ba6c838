// Sign flips of whole blocks, against what can be counted by hand.
import { expect, test } from 'vitest'
import { fewestBlocks, signFlips } from './sign-flips.ts'

const series = (differences: readonly number[], kind = 'p50') => ({
  kind,
  differences: new Map(differences.map((each, block) => [block, each])),
})

test('six blocks that all agree have p = 2 ÷ 64, and five 2 ÷ 32', () => {
  expect(signFlips([series([1, 1, 1, 1, 1, 1])], 0.05)[0]?.pValue).toBeCloseTo(2 / 64, 12)
  expect(signFlips([series([1, 1, 1, 1, 1])], 0.05)[0]?.pValue).toBeCloseTo(2 / 32, 12)
})

test('so few blocks that no pattern is rare enough have no reach', () => {
  expect(signFlips([series([1, 1, 1, 1, 1])], 0.05)[0]?.reach).toBeNull()
  expect(signFlips([series([1, 1, 1, 1, 1, 1])], 0.05)[0]?.reach).not.toBeNull()
})

test('a series that moves together with another one costs nothing', () => {
  const [alone] = signFlips([series([1, 2, 1, 2, 1, 2])], 0.05)
  const [twice] = signFlips([series([1, 2, 1, 2, 1, 2]), series([2, 4, 2, 4, 2, 4], 'p99')], 0.05)
  expect(twice?.pValue).toBeCloseTo(alone?.pValue ?? NaN, 12)
})

test('the more series, the more often one of them is as far by chance', () => {
  const others = [1, 2, 3, 4, 5].map((odd) => series(Array.from({ length: 6 }, (_, block) => (block === odd ? -1 : 1))))
  const [one] = signFlips([series([1, 1, 1, 1, 1, 1]), ...others], 0.05)
  expect(one?.pValue).toBeCloseTo((2 * 6) / 64, 12)
})

test('six blocks are the fewest that decide at 5 %', () => {
  expect(fewestBlocks(0.05)).toBe(6)
})

test('differences that cancel are no difference', () => {
  expect(signFlips([series([1, -1, 1, -1, 1, -1])], 0.05)[0]?.pValue).toBe(1)
})

test('a series that is always zero has no T, and does not stop the others', () => {
  const [zero, moved] = signFlips([series([0, 0, 0, 0, 0, 0], 'errors'), series([1, 1, 1, 1, 1, 1])], 0.05)
  expect(zero).toMatchObject({ pValue: 1, error: 0 })
  expect(moved?.pValue).toBeCloseTo(2 / 64, 12)
})

test('of many blocks patterns are drawn: sixteen that agree are as rare as the draw can tell', () => {
  const [all] = signFlips([series(Array.from({ length: 16 }, () => 0.1))], 0.05)
  expect(all?.pValue).toBeLessThan(0.01)
  expect(all?.pValue).toBeGreaterThan(0)
})

test('a series is beyond its reach where its p is at most the level', () => {
  const tests = signFlips([series([0.4, 0.5, 0.3, 0.6, 0.4, 0.5]), series([0.1, -0.1, 0.05, 0.02, -0.04, 0.01], 'p99')], 0.05)
  expect(tests.map(({ pValue }) => pValue <= 0.05)).toEqual([true, false])
  expect(tests[0]?.reach, 'only blocks that all agree are as rare').toBeCloseTo(0.45, 12)
  expect(tests[1]?.reach).toBeGreaterThan(0.0067)
})

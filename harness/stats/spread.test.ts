import { expect, test } from 'vitest'
import { logRatio } from './pair.ts'
import { spreadOf } from './spread.ts'

test('the spread is that of the middle pair, whichever of its two is larger: a single odd pair does not decide', () => {
  const { typical, sd } = spreadOf([
    { arm: 100, reference: 100 },
    { arm: 100, reference: 150 },
    { arm: 105, reference: 100 },
  ])
  expect(typical).toBeCloseTo(Math.log(1.05))
  expect(sd).toBeCloseTo(Math.sqrt((Math.log(1.5) ** 2 + Math.log(1.05) ** 2) / 3))
})

test.each([
  { arm: 0, reference: 1 },
  { arm: 1, reference: 0 },
  { arm: -1, reference: 1 },
  { arm: Number.NaN, reference: 1 },
  { arm: Number.POSITIVE_INFINITY, reference: 1 },
])('$arm to $reference is no ratio', (pair) => {
  expect(() => logRatio(pair)).toThrow('two numbers above 0')
})

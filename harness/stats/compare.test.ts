import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare } from './compare.ts'
import type { Comparison } from './compare.ts'
import type { Pair } from './pair.ts'
import { fewestBlocks } from './signed-rank.ts'

const enoughForInterval = fewestBlocks(0.05)

/** Pairs whose arms are the reference times each ratio. */
const pairsOf = (...ratios: readonly number[]): Pair[] =>
  ratios.map((ratio, index) => ({ arm: (10 + index) * ratio, reference: 10 + index }))

const spread = 0.03

test('six blocks that all are a little faster: improved, with an interval that leaves out 1', () => {
  const { answer, ratio, interval, n } = compare(pairsOf(0.8, 0.85, 0.9, 0.82, 0.88, 0.84), { spread })
  expect({ answer, n }).toEqual({ answer: 'improved', n: 6 })
  expect(ratio).toBeCloseTo(0.848, 2)
  expect(interval).toMatchObject({ level: 1 - 2 / 64 })
  expect(interval?.low).toBeCloseTo(0.8)
  expect(interval?.high).toBeCloseTo(0.9)
})

test('less of what should be high is a regression', () => {
  expect(compare(pairsOf(0.8, 0.85, 0.9, 0.82, 0.88, 0.84), { spread, better: 'higher' }).answer).toBe('regressed')
})

test('a change that surely is there and surely is within the margin does not matter: equivalent', () => {
  const pairs = pairsOf(1.01, 1.012, 1.014, 1.011, 1.013, 1.015)
  expect(compare(pairs, { spread }).answer).toBe('equivalent')
  expect(compare(pairs, { spread, margin: 1.001 }).answer).toBe('regressed')
})

test('blocks that contradict one another: inconclusive, and no promise of what more of them would say', () => {
  const found = compare(pairsOf(0.9, 1.2, 0.95, 1.1, 1.02, 1.15), { spread })
  expect(found.answer).toBe('inconclusive')
  expect(found).not.toHaveProperty('furtherBlocks')
})

test('with few blocks only what is clear of the A/A spread in every block is an answer', () => {
  const answers = [pairsOf(0.5, 0.55, 0.52), pairsOf(0.95, 0.94, 0.96), pairsOf(0.5, 1.01, 0.5), pairsOf(1, 1, 1)].map(
    (pairs) => {
      const { answer, interval } = compare(pairs, { spread })
      expect(interval).toBeNull()
      return answer
    },
  )
  expect(answers).toEqual(['improved', 'inconclusive', 'inconclusive', 'inconclusive'])
})

test('a block that differs by rounding alone points nowhere', () => {
  const rounded = { arm: 999.9999999999994, reference: 999.9999999999993 }
  expect(compare([rounded, { arm: 0.12, reference: 0.1 }], { spread }).answer).toBe('inconclusive')
})

test('one block says nothing', () => {
  expect(compare(pairsOf(1.01), { spread })).toMatchObject({ answer: 'inconclusive', n: 1 })
})

const value = fc.double({ min: 0.1, max: 1000, noNaN: true })
const somePairs = fc.array(fc.record({ arm: value, reference: value }), { minLength: 1, maxLength: 15 })
const similarPairs = fc.array(
  fc.record({ arm: fc.double({ min: 90, max: 110, noNaN: true }), reference: fc.double({ min: 90, max: 110, noNaN: true }) }),
  { minLength: 1, maxLength: 15 },
)
const pairs = fc.oneof(somePairs, similarPairs)

const opposite = { improved: 'regressed', regressed: 'improved', equivalent: 'equivalent', inconclusive: 'inconclusive' } as const

/** To nine digits: logarithms of scaled numbers differ in the last ones. */
const digits = ({ ratio, interval, ...rest }: Comparison): Comparison => ({
  ...rest,
  ratio: Number(ratio.toPrecision(9)),
  interval: interval && { ...interval, low: Number(interval.low.toPrecision(9)), high: Number(interval.high.toPrecision(9)) },
})

test('with arm and reference swapped everything is upside down', () => {
  fc.assert(
    fc.property(pairs, (each) => {
      const { ratio, interval, ...rest } = compare(
        each.map(({ arm, reference }) => ({ arm: reference, reference: arm })),
        { spread },
      )
      const same: Comparison = {
        ...rest,
        answer: opposite[rest.answer],
        ratio: 1 / ratio,
        interval: interval && { ...interval, low: 1 / interval.high, high: 1 / interval.low },
      }
      expect(digits(compare(each, { spread }))).toEqual(digits(same))
    }),
  )
})

test('in another unit everything is the same', () => {
  fc.assert(
    fc.property(pairs, fc.constantFrom(0.001, 3, 1000), (each, unit) => {
      const scaled = each.map(({ arm, reference }) => ({ arm: arm * unit, reference: reference * unit }))
      expect(digits(compare(scaled, { spread }))).toEqual(digits(compare(each, { spread })))
    }),
  )
})

test('the interval holds the ratio', () => {
  fc.assert(
    fc.property(pairs, (each) => {
      const { ratio, interval } = compare(each, { spread })
      expect(interval === null).toBe(each.length < enoughForInterval)
      if (interval === null) return
      expect(interval.low).toBeLessThanOrEqual(ratio)
      expect(interval.high).toBeGreaterThanOrEqual(ratio)
    }),
  )
})

test('equal arms are equivalent from six blocks on, and never with fewer', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), (values) => {
      const { answer, ratio } = compare(
        values.map((each) => ({ arm: each, reference: each })),
        { spread },
      )
      expect(answer).toBe(values.length < enoughForInterval ? 'inconclusive' : 'equivalent')
      expect(ratio).toBe(1)
    }),
  )
})

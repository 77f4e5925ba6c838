import fc from 'fast-check'
import { expect, test } from 'vitest'
import { podLane, timelineOf } from '../test/fixtures/episodes.ts'
import { at, rangesOf, longestSeconds, totalSeconds, union, without } from './time-range.ts'
import type { TimeRange } from './time-range.ts'

const lane = podLane('a', [
  [-5000, 'pending'],
  [2000, 'starting'],
  [3000, 'ready'],
  [9000, 'unready'],
  [9500, 'ready'],
])

test('a state lasts until the next one, and the last one until the end of the episode', () => {
  expect(rangesOf(lane, ['ready'], timelineOf([lane]))).toEqual([
    [3000, 9000],
    [9500, 60_000],
  ])
  expect(rangesOf(lane, ['starting', 'unready'], timelineOf([lane]))).toEqual([
    [2000, 3000],
    [9000, 9500],
  ])
})

test('of a state that began before the trigger only what follows the trigger counts', () => {
  expect(rangesOf(lane, ['pending'], timelineOf([lane]))).toEqual([[0, 2000]])
  const over = podLane('b', [
    [-5000, 'pending'],
    [-1000, 'ready'],
  ])
  expect(rangesOf(over, ['pending'], timelineOf([over]))).toEqual([])
})

test('what was seen when the episode had ended is not part of it', () => {
  const late = podLane('a', [
    [59_000, 'ready'],
    [60_500, 'unready'],
  ])
  expect(rangesOf(late, ['unready'], timelineOf([late]))).toEqual([])
})

test('intervals that overlap or touch are one, in order', () => {
  expect(
    union([
      [10, 20],
      [0, 5],
      [5, 7],
      [15, 30],
      [16, 17],
    ]),
  ).toEqual([
    [0, 7],
    [10, 30],
  ])
})

test('what others cover is cut out: at the ends, in the middle, or all of it', () => {
  expect(
    without(
      [[0, 100]],
      [
        [-10, 10],
        [40, 60],
        [90, 200],
      ],
    ),
  ).toEqual([
    [10, 40],
    [60, 90],
  ])
  expect(
    without(
      [
        [10, 20],
        [30, 40],
      ],
      [[0, 100]],
    ),
  ).toEqual([])
  expect(without([[10, 20]], [[20, 30]])).toEqual([[10, 20]])
})

test('nothing is left of an interval that is cut out exactly, not even an empty one', () => {
  expect(without([[10, 20]], [[10, 20]])).toEqual([])
})

test('what is covered twice counts once', () => {
  expect(
    totalSeconds([
      [0, 3000],
      [1000, 4000],
    ]),
  ).toBe(4)
})

test('the longest stretch may be made of several intervals; of none it is 0', () => {
  expect(
    longestSeconds([
      [0, 2000],
      [2000, 3000],
      [10_000, 12_500],
    ]),
  ).toBe(3)
  expect(longestSeconds([])).toBe(0)
})

test('a time is said in seconds', () => {
  expect(at(23_575)).toBe('23.6 s')
})

/** Intervals of whole ms between 0 and 60, which single points can be counted in. */
const intervals = fc.array(
  fc.tuple(fc.nat({ max: 50 }), fc.integer({ min: 1, max: 10 })).map(([from, length]): TimeRange => [from, from + length]),
  { maxLength: 8 },
)
const points = Array.from({ length: 60 }, (_, ms) => ms + 0.5)
const covers = (some: readonly TimeRange[], point: number): boolean => some.some(([from, to]) => from < point && point < to)
const areApart = (some: readonly TimeRange[]): boolean =>
  some.every(([from], index) => index === 0 || from > (some[index - 1]?.[1] ?? 0))

test('a union covers what any of its intervals covers, with gaps between what is left', () => {
  fc.assert(
    fc.property(intervals, (some) => {
      const all = union(some)
      expect(points.filter((point) => covers(all, point))).toEqual(points.filter((point) => covers(some, point)))
      expect(areApart(all)).toBe(true)
    }),
  )
})

test('what is left covers what the first cover and the others do not', () => {
  fc.assert(
    fc.property(intervals, intervals, (some, others) => {
      const left = without(some, others)
      const expected = points.filter((point) => covers(some, point) && !covers(others, point))
      expect(points.filter((point) => covers(left, point))).toEqual(expected)
      expect(totalSeconds(left)).toBeCloseTo(expected.length / 1000, 9)
    }),
  )
})

test('the total is at least the longest stretch, and at most all lengths added up', () => {
  fc.assert(
    fc.property(intervals, (some) => {
      const lengths = some.reduce((sum, [from, to]) => sum + (to - from) / 1000, 0)
      expect(totalSeconds(some)).toBeGreaterThanOrEqual(longestSeconds(some) - 1e-9)
      expect(totalSeconds(some)).toBeLessThanOrEqual(lengths + 1e-9)
    }),
  )
})

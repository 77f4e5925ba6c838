import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cpuText, timeMs, limitsBetween, millicores } from './quantities.ts'

test.each([
  ['200m', 200],
  ['1', 1000],
  ['0.5', 500],
  ['0', undefined],
  ['0m', undefined],
  ['-1', undefined],
  ['1.5m', undefined],
  ['1e3', undefined],
  ['', undefined],
] as const)('the CPU quantity %j is %j millicores', (text, expected) => {
  expect(millicores(text)).toBe(expected)
})

test('a limit is written so that it is read as the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (limit) => {
      expect(millicores(cpuText(limit))).toBe(limit)
    }),
  )
})

test.each([
  ['30ms', 30],
  ['1.5s', 1500],
  ['250us', 0.25],
  ['30', undefined],
  ['0ms', undefined],
  ['5m', undefined],
] as const)('the duration %j is %j ms', (text, expected) => {
  expect(timeMs(text)).toBe(expected)
})

test('a range is swept in round steps, with its ends', () => {
  expect(limitsBetween(100, 150)).toEqual([100, 110, 120, 130, 140, 150])
  expect(limitsBetween(105, 500)).toEqual([105, 150, 200, 250, 300, 350, 400, 450, 500])
})

test('no range has more than 21 limits, and a long one not fewer than 8', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 100, max: 100_000 }), (from, span) => {
      const limits = limitsBetween(from, from + span)
      expect(limits.length).toBeGreaterThanOrEqual(8)
      expect(limits.length).toBeLessThanOrEqual(21)
      expect(limits).toEqual(limits.toSorted((a, b) => a - b))
    }),
  )
})

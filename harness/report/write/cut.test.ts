// How text is shortened.
import { expect, it } from 'vitest'
import { cut } from './cut.ts'

it.each([
  ['short enough', 12, 'short enough'],
  ['a sentence of words', 13, 'a sentence…'],
  ['a sentence of words', 11, 'a sentence…'],
  ['onewordwithoutanybreak', 8, 'oneword…'],
  ['a onewordwithoutanybreak', 10, 'a oneword…'],
  ['\u{1f525}\u{1f525}', 2, '…'],
  ['', 0, ''],
  ['text', 1, '…'],
])('cuts "%s" to %d characters', (text, longest, expected) => {
  expect(cut(text, longest)).toBe(expected)
  expect(cut(text, longest).length).toBeLessThanOrEqual(longest)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inColumnsWithin } from './columns.ts'
import { lineWidth, wrapped } from './wrapped.ts'

const words = fc.array(fc.stringMatching(/^[a-z(),]{1,90}$/), { minLength: 1, maxLength: 40 }).map((each) => each.join(' '))
const widths = fc.integer({ min: 0, max: 400 })
const letters = (text: string): string => text.replaceAll(/\s+/g, '')

test('wrapped lines fit any width, and lose and gain no letter', () => {
  fc.assert(
    fc.property(words, widths, fc.integer({ min: 0, max: 8 }), (text, columns, indent) => {
      const width = lineWidth(columns)
      const lines = wrapped(' '.repeat(indent) + text, width)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
      expect(letters(lines.join(''))).toBe(letters(text))
      expect(lines.length).toBeLessThanOrEqual(Math.ceil(text.length / (width / 2 - indent - 2)) + 1)
    }),
  )
})

test('columns fit any width, and lose and gain no letter', () => {
  const rows = fc.array(fc.tuple(fc.stringMatching(/^[a-z-]{1,30}$/), fc.stringMatching(/^[a-z]{1,10}$/), words), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(rows, widths, (cells, columns) => {
      const lines = inColumnsWithin(cells, lineWidth(columns))
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(lineWidth(columns))
      expect(letters(lines.join(''))).toBe(letters(cells.flat().join('')))
    }),
  )
})

test('what fits stays as it is, blanks and all', () => {
  expect(wrapped('  a   b', 40)).toEqual(['  a   b'])
})

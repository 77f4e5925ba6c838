// How numbers are written.
import { expect, it } from 'vitest'
import { difference, exact, figure, multiple, quantity, relative } from './quantity.ts'

const spaced = (text: string): string => text.replaceAll('\u00a0', ' ')

it.each([
  [1, 'ratio', '100 %'],
  [0.9996, 'ratio', '> 99.9 %'],
  [0.0004, 'ratio', '< 0.1 %'],
  [0, 'ratio', '0 %'],
  [0.36, 'ratio', '36.0 %'],
  [1440, 'requests', '1,440 requests'],
  [3, 'pods', '3 pods'],
  [2.984, 'pods', '2.98 pods'],
  [312.4, 'ms', '312 ms'],
  [12.34, 'ms', '12.3 ms'],
  [1.234, 'ms', '1.23 ms'],
  [0, 'ms', '0 ms'],
  [0.876, 'r', '0.88'],
  [49, 'periods', '49 periods'],
  [1, 'yes', 'yes'],
  [0, 'yes', 'no'],
  [0.5, 'yes', 'yes and no'],
  [61.7, 's', '61.7 s'],
  [1, 'evictions', '1 evictions'],
  [1234567.8, '', '1,234,568'],
])('writes %d %s as %s', (value, unit, text) => {
  expect(spaced(quantity(value, unit))).toBe(text)
})

it('does not write a number that is none', () => {
  expect(figure(Number.NaN, 'ms')).toBe('not a number')
})

it('signs differences and calls those of ratios points', () => {
  expect(spaced(difference(1.4, 'ms'))).toBe('+1.40 ms')
  expect(spaced(difference(-0.05, 'ratio'))).toBe('−5 points')
})

it('keeps the digits of a limit', () => {
  expect(spaced(exact(0.975, 'ratio'))).toBe('97.5 %')
  expect(spaced(exact(1.1, 'pods'))).toBe('1.1 pods')
})

it('writes how many times, and by what share', () => {
  expect([multiple(0.347), multiple(12.34), multiple(250)]).toEqual(['0.35', '12.3', '250'])
  expect([relative(0), relative(0.0132), relative(-0.249), relative(2.5)].map(spaced)).toEqual([
    '0 %',
    '+1.3 %',
    '−24.9 %',
    '+250 %',
  ])
})

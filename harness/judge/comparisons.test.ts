import { expect, test } from 'vitest'
import { comparisonsOf, inOrder } from '../test/fixtures/compared.ts'
import type { Blocks } from '../test/fixtures/compared.ts'

const control = inOrder(Array.from({ length: 12 }, (_, block) => 50 + block))
const times = (blocks: Blocks, ratio: number): Blocks => blocks.map(([block, ms]) => [block, ms * ratio * (1 + block / 1000)])

test('metrics that say what is better are compared with control and with the incident, block by block', () => {
  const found = comparisonsOf({ control, incident: times(control, 8), slow: times(control, 8.1) })
  expect(found.slow).toMatchObject([
    { metric: 'latency_p99', with: 'control', answer: 'regressed', n: 12 },
    { metric: 'latency_p99', with: 'incident', answer: 'equivalent', n: 12 },
  ])
  expect([found.control, found.incident?.map((each) => each.with)]).toEqual([[], ['control']])
})

test('blocks are paired by their number', () => {
  const fix = control.filter(([block]) => block !== 2)
  expect(comparisonsOf({ control, fix }).fix).toMatchObject([{ with: 'control', ratio: 1, n: 11 }])
})

test('the p-value is adjusted for all comparisons of the run: of twelve blocks that agree it is 2 in 4,096, times their number', () => {
  const [one] = comparisonsOf({ control, fix: times(control, 1.2) }).fix ?? []
  expect(one).toMatchObject({ answer: 'regressed', p: expect.closeTo(2 / 4096, 9) as number })
  const arms = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`fix-${index}`, times(control, 1.2)]))
  const many = Object.values(comparisonsOf({ control, ...arms })).flat()
  expect(new Set(many.map(({ p }) => Number(p?.toFixed(9))))).toEqual(new Set([Number(((60 * 2) / 4096).toFixed(9))]))
})

test('with too few blocks for a p-value all of them have to agree, by three times the A/A spread, and there is none', () => {
  const few = control.slice(0, 3)
  expect(comparisonsOf({ control: few, fix: times(few, 1.2) }).fix).toMatchObject([{ answer: 'regressed', p: null }])
  expect(comparisonsOf({ control: few, fix: times(few, 1.2) }, 0.07).fix).toMatchObject([{ answer: 'inconclusive', p: null }])
})

test('eleven comparisons take nine blocks for a p-value: with eight, however they are, none could be different', () => {
  const compared = (blocks: number) => {
    const arms = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [`fix-${index}`, times(control.slice(0, blocks), 3)]),
    )
    return comparisonsOf({ control: control.slice(0, blocks), ...arms })['fix-0']?.[0]
  }
  expect(compared(8)).toMatchObject({ answer: 'regressed', p: null })
  expect(compared(9)).toMatchObject({ answer: 'regressed', p: expect.any(Number) as number })
})

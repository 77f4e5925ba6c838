// Base and change of one comparison: every metric of every arm against itself on the other side, block by block.
import { expect, test } from 'vitest'
import { diffRuns } from '../../diff/diff-runs.ts'
import type { Run } from '../../model/run.ts'
import { but, hotPod, later, slower, throttling } from '../../test/fixtures/accepted-runs.ts'
import { diffText } from './text.ts'

const side = (run: Run, which: 'base' | 'change', id = 'a'): Run => ({ ...run, comparison: { id, side: which } })
const base = side(hotPod, 'base')
const compared = (change: Run) => diffRuns([base], side(later(change), 'change'))
const moved = ({ scenarios }: ReturnType<typeof diffRuns>): string[] =>
  scenarios.flatMap(({ arms }) =>
    arms.flatMap(({ name, metrics }) =>
      metrics.filter(({ answer }) => answer !== 'within-noise').map((each) => `${name} ${each.metric} ${each.answer}`),
    ),
  )

test('a platform that measures the same as itself has nothing worse, although there is one older run', () => {
  const diff = compared(hotPod)
  expect([diff.answer, diff.paired, moved(diff)]).toEqual(['nothing', true, []])
})

test('a p99 that doubled in every block is worse, in its own unit, and the only one', () => {
  const diff = compared(but(hotPod, 'incident', slower(2, 0.1)))
  expect([diff.answer, moved(diff)]).toEqual(['regressed', ['incident latency_p99 worse']])
  const text = diffText(diff, 200).join('\n')
  expect(text).toMatch(/latency_p99.*ms.*ms.*1\.99 times as much.*blocks, p = 0\.0\d\d over all metrics/)
  expect(text).toContain('base, the older run')
})

test('control is compared like every arm: it is no reference here', () => {
  expect(moved(compared(but(hotPod, 'control', slower(2))))).toEqual(['control latency_p99 worse'])
})

test('a change below the limit is named, and no regression', () => {
  const diff = compared(but(hotPod, 'incident', slower(1.2)))
  expect([diff.answer, moved(diff)]).toEqual(['nothing', ['incident latency_p99 worse-below-limit']])
})

test('blocks that disagree are no difference, however large it is on average', () => {
  expect(moved(compared(but(hotPod, 'incident', slower(1.2, 0.9))))).toEqual([])
})

test('three blocks decide nothing, and the answer says so', () => {
  const few = throttling
  expect(few.scenarios[0]?.method.blocks).toBe(3)
  const diff = diffRuns([side(few, 'base')], side(but(few, 'incident', slower(3)), 'change'))
  expect(diff.answer).toBe('unclear')
  expect(diffText(diff, 200)[0]).toBe('Inconclusive: so few blocks decide nothing about metrics.')
})

test('the sides of a comparison begin together: which began first is no caution', () => {
  const change = side({ ...hotPod, startedAt: '2026-11-01T00:00:00.000Z' }, 'change')
  expect(diffRuns([base], change).cautions).toEqual([])
})

test('runs of two comparisons, or the same side twice, are no pair', () => {
  const newer = later(hotPod)
  expect(diffRuns([base], side(newer, 'change', 'b')).paired).toBe(false)
  expect(diffRuns([base], side(newer, 'base')).paired).toBe(false)
  expect(diffRuns([base], newer).paired).toBe(false)
})

// `lab trend` and `lab diff` look at the same step and say the same of it.
import { expect, test } from 'vitest'
import type { Run } from '../model/run.ts'
import { seeded } from '../stats/seeded.ts'
import { but, slower, throttling } from '../test/fixtures/accepted-runs.ts'
import { diffRuns } from './diff-runs.ts'
import { trendOf } from './trend.ts'

const stepAt = 10

/** Thirteen runs that scatter by 1 %: the incident's p99 is so many times what it was from the eleventh on. */
const history = (size: number): Run[] => {
  const { share } = seeded(7)
  return Array.from({ length: stepAt + 3 }, (_, day) => ({
    ...but(throttling, 'incident', slower((1 + 0.02 * (share() - 0.5)) * (day >= stepAt ? size : 1))),
    startedAt: `2026-11-${String(day + 1).padStart(2, '0')}T04:00:00.000Z`,
  }))
}

const ofTrend = (runs: readonly Run[]): string | undefined =>
  trendOf(runs).metrics.find(({ arm, metric }) => arm === 'incident' && metric === 'latency_p99')?.changes[0]?.answer

const ofDiff = (runs: readonly Run[], limit?: number) => {
  const [newer, ...older] = [runs[stepAt] ?? throttling, ...runs.slice(0, stepAt)]
  const { answer, scenarios } = diffRuns(older, newer, limit === undefined ? {} : { limit })
  const move = scenarios[0]?.arms.find(({ name }) => name === 'incident')?.metrics.find(({ metric }) => metric === 'latency_p99')
  return [answer, move?.answer]
}

test.each([
  [2, 'worse', 'regressed', 'worse'],
  [1.2, 'worse', 'nothing', 'worse-below-limit'],
  [1, undefined, 'nothing', 'within-noise'],
  [1 / 1.2, 'better', 'nothing', 'better-below-limit'],
  [1 / 2, 'better', 'nothing', 'better'],
])('a step to %f times as much: trend says %s, diff %s and %s', (size, trend, answer, move) => {
  const runs = history(size)
  expect(ofTrend(runs)).toBe(trend)
  expect(ofDiff(runs)).toEqual([answer, move])
})

test('with a limit below the step diff calls it a regression, with one above it does not', () => {
  expect(ofDiff(history(1.25), 1.1)).toEqual(['regressed', 'worse'])
  expect(ofDiff(history(2), 2.5)).toEqual(['nothing', 'worse-below-limit'])
})

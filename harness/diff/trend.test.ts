import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Run } from '../model/run.ts'
import { seeded } from '../stats/seeded.ts'
import { but, evicted, hotPod, slower, throttling } from '../test/fixtures/accepted-runs.ts'
import { RunTrend } from './run-trend.ts'
import { trendOf } from './trend.ts'

/** A run a day of November. */
const onDays = (runs: readonly Run[]): Run[] =>
  runs.map((run, index) => ({ ...run, startedAt: `2026-11-${String(index + 1).padStart(2, '0')}T04:00:00.000Z` }))

/** Runs of which every arm's p99 scatters by 3 % (standard deviation, normal), the incident's with a step of a size from a day on. */
const history = (seed: number, days: number, stepAt: number, size: number): Run[] => {
  const { share } = seeded(seed)
  const wobble = (): number => Math.exp(0.03 * Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()))
  return onDays(
    Array.from({ length: days }, (_, day) =>
      throttling.scenarios
        .flatMap(({ arms }) => arms.map(({ name }) => name))
        .filter((name) => name !== 'control')
        .reduce((run, name) => but(run, name, slower(wobble() * (name === 'incident' && day >= stepAt ? size : 1))), throttling),
    ),
  )
}
const found = (trend: RunTrend) =>
  trend.metrics.flatMap(({ arm, metric, changes }) =>
    changes.map(({ run, answer }) => `${arm} ${metric} ${answer} ${trend.runs[run]?.startedAt.slice(0, 10)}`),
  )

test('thirty runs with one step of 20 % are dated right, and nothing else is: ten histories, each with its step on another day', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
    const day = 2 + 2 * seed
    const trend = trendOf(history(seed, 30, day, 1.2))
    expect(found(trend)).toEqual([`incident latency_p99 worse 2026-11-${String(day + 1).padStart(2, '0')}`])
    const change = trend.metrics.flatMap(({ changes }) => changes)[0]
    expect(Math.abs((change?.ratio ?? NaN) - 1.2)).toBeLessThan(0.06)
  }
})

test('thirty runs without a step have no change: ten histories', () => {
  for (const seed of [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]) expect(found(trendOf(history(seed, 30, 30, 1)))).toEqual([])
})

test('a step down of a latency is better; the order in which runs are named does not matter', () => {
  const runs = history(21, 20, 12, 1 / 1.3)
  expect(found(trendOf(runs.toReversed()))).toEqual(['incident latency_p99 better 2026-11-13'])
})

test('a change for the worse that is acknowledged says why, until that has ended', () => {
  const runs = history(22, 20, 12, 1.3)
  const known = { scenario: 'cpu-limit-throttling', arm: 'incident', reason: 'cheaper machines', until: '2026-11-20' }
  const of = (until: string) => trendOf(runs, [{ ...known, until }]).metrics.flatMap(({ changes }) => changes)[0]?.acknowledged
  expect(of('2026-11-20')).toEqual({ reason: 'cheaper machines', until: '2026-11-20' })
  expect(of('2026-11-19')).toBeNull()
})

test('an arm whose verdict changed is listed with each change; a run without an answer is passed over', () => {
  const withVerdict = (verdict: 'fixed' | 'no-effect' | 'inconclusive') =>
    but(hotPod, 'l7-proxy', () => ({ verdict, asExpected: verdict === 'fixed' }))
  const runs = onDays((['fixed', 'fixed', 'inconclusive', 'no-effect', 'no-effect', 'fixed'] as const).map(withVerdict))
  const known = { scenario: 'http2-hot-pod', arm: 'l7-proxy', what: 'verdict', reason: 'known', until: '2026-12-31' }
  expect(trendOf(runs, [known]).verdicts).toEqual([
    {
      scenario: 'http2-hot-pod',
      arm: 'l7-proxy',
      changes: [
        { run: 0, verdict: 'fixed', asExpected: true, acknowledged: null },
        { run: 3, verdict: 'no-effect', asExpected: false, acknowledged: { reason: 'known', until: '2026-12-31' } },
        { run: 5, verdict: 'fixed', asExpected: true, acknowledged: null },
      ],
    },
  ])
})

test('a scenario of episodes has verdicts and no metrics; a scenario that some runs lack is a shorter series', () => {
  const both = { ...throttling, scenarios: [...throttling.scenarios, ...evicted.scenarios] }
  const trend = trendOf(onDays([evicted, ...Array.from({ length: 7 }, () => both)]))
  expect(new Set(trend.metrics.map(({ scenario }) => scenario))).toEqual(new Set(['cpu-limit-throttling']))
  expect(trend.metrics[0]?.points.map(({ run }) => run)).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('a run that was cut off is left out, and counted', () => {
  const [first = throttling, ...others] = history(23, 8, 8, 1)
  expect(trendOf([{ ...first, finishedAt: null }, ...others])).toMatchObject({ cutOff: 1, runs: { length: 7 } })
})

test.each([
  ['too few runs', history(24, 5, 5, 1), 'A trend needs 6 complete runs, and only 5 were found'],
  ['a run that is there twice', [...history(25, 6, 6, 1), ...history(25, 1, 1, 1)], 'was named twice'],
])('%s are refused as wrong usage', (_, runs, message) => {
  expect(() => trendOf(runs)).toThrow(expect.objectContaining({ exit: 'usage', message: expect.stringContaining(message) }))
})

test('the published JSON Schema of a trend is the one of the model (vitest -u writes it), and a trend is valid under it', async () => {
  const schema = { $id: 'kubernetes-incident-lab/trend/1', title: 'Many runs of the lab in a row', ...z.toJSONSchema(RunTrend) }
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot('../../reports/trend.schema.json')
  const validate = formats.default(new Ajv.default({ strict: false })).compile(schema)
  const trend = trendOf(history(26, 20, 10, 1.3))
  expect([validate(JSON.parse(JSON.stringify(trend))), validate.errors]).toEqual([true, null])
})

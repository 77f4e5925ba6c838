// How often runs in which nothing changed are called worse: 36 metrics of a run, which scatter from run to run and not within one.
import { expect, test } from 'vitest'
import type { ScenarioRun } from '../model/run.ts'
import { seeded } from '../stats/seeded.ts'
import type { Random } from '../stats/seeded.ts'
import { metricMoves } from './metric-move.ts'

const metrics = Array.from({ length: 36 }, (_, index) => `latency_${index}`)
const blocks = (value: number) => ({ blocks: [0, 1, 2].map((block) => ({ block, value })) })
const byMetric = <T>(of: () => T): Record<string, T> => Object.fromEntries(metrics.map((name) => [name, of()]))
const definitions = byMetric(() => ({ better: 'lower' }))
const control = { name: 'control', kind: 'control', metrics: byMetric(() => blocks(1)) }
const spread = byMetric(() => ({ ratio: 0.02 }))
/** Box and Muller's way to a normal value. */
const normal = ({ share }: Random): number => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share())

const runOf = (random: Random, scatter: number): ScenarioRun =>
  ({
    method: { episode: null },
    metrics: definitions,
    spread,
    arms: [control, { name: 'fix', kind: 'fix', metrics: byMetric(() => blocks(Math.exp(scatter * normal(random)))) }],
  }) as unknown as ScenarioRun

const alarms = (older: number, scatter: number): number => {
  const random = seeded(older)
  const raised = Array.from({ length: comparisons }, () => {
    const history = Array.from({ length: older }, () => runOf(random, scatter))
    return metricMoves('fix', history, runOf(random, scatter)).some(({ answer }) => answer === 'worse')
  })
  return raised.filter(Boolean).length / comparisons
}
const comparisons = 250

test('metrics that scatter by a tenth: hardly ever is one of 36 called worse, with one older run in one of ten comparisons', () => {
  expect(alarms(3, 0.1)).toBeLessThanOrEqual(0.02)
  expect(alarms(5, 0.1)).toBeLessThanOrEqual(0.01)
  expect(alarms(1, 0.1)).toBeLessThanOrEqual(0.12)
})

test('metrics that scatter by a fifth: in one of eight comparisons at most, with one older run in nearly every one', () => {
  expect(alarms(5, 0.2)).toBeLessThanOrEqual(0.125)
  expect(alarms(1, 0.2)).toBeGreaterThan(0.85)
})

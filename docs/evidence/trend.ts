// How often `lab trend` dates a step among 30 runs right, and how often it sees one where there is none.
import type { RunTrend } from '../../harness/diff/run-trend.ts'
import { trendOf } from '../../harness/diff/trend.ts'
import type { Run } from '../../harness/model/run.ts'
import { seeded } from '../../harness/stats/seeded.ts'
import type { Random } from '../../harness/stats/seeded.ts'
import { daysText, percent, shareOf, simulateRun } from './runs.ts'
import type { Changes, Days, Metric } from './runs.ts'

const runs = 30

interface Step {
  readonly metric: Metric
  readonly times: number
}

const steps: readonly Step[] = [
  { metric: 'latency_p50', times: 1.2 },
  { metric: 'latency_p99', times: 1.5 },
  { metric: 'latency_p99', times: 2 },
]

/** How many of the runs have the new level. */
const lasting = [3, 5, 10]

/** The same step in one arm of each scenario for each of `lasting`. */
const changesOn = (day: number, { metric, times }: Step): Changes =>
  Object.fromEntries(lasting.flatMap((since, index) => (day >= runs - since ? [[`arm-${index}`, { [metric]: times }]] : [])))

const trend = (random: Random, days: Days, step?: Step): RunTrend =>
  trendOf(
    Array.from({ length: runs }, (_, day) => {
      const startedAt = new Date(Date.UTC(2026, 0, day + 1)).toISOString()
      const scenarios = simulateRun(random, days, step && changesOn(day, step))
      return { startedAt, finishedAt: startedAt, environment: {}, scenarios } as unknown as Run
    }),
  )

interface TrendRates {
  /** Share of trends of 34 series without a step that have a change. */
  readonly falseChanges: number
  /** Share of steps dated to within one run, by step and by how many runs have the new level. */
  readonly dated: readonly (readonly number[])[]
}

/** So many trends with each step, and twice as many without one. */
const simulateTrend = (days: Days, trends: number, seed = 1): TrendRates => {
  const random = seeded(seed)
  const all = (count: number, step?: Step): RunTrend[] => Array.from({ length: count }, () => trend(random, days, step))
  return {
    falseChanges: shareOf(all(2 * trends).map(({ metrics }) => metrics.some(({ changes }) => changes.length > 0))),
    dated: steps.map((step) => {
      const series = all(trends, step).flatMap(({ metrics }) => metrics.filter(({ metric }) => metric === step.metric))
      return lasting.map((since, index) =>
        shareOf(series.filter(({ arm }) => arm === `arm-${index}`).map((each) => isDated(each, runs - since))),
      )
    }),
  }
}

const isDated = ({ changes }: RunTrend['metrics'][number], at: number): boolean =>
  changes.some(({ run, answer }) => answer === 'worse' && Math.abs(run - at) <= 1)

/** Columns and rows of the table in docs/principles.md. */
export const trendTable = (trends = 60): { columns: string[]; rows: string[][] } => ({
  columns: [
    'scatter from run to run',
    'a false change in a trend',
    ...steps.map(({ metric, times }) => `${metric.replace('latency_', '')} ${times} ×: dated after ${lasting.join(', ')} runs`),
  ],
  rows: [{ scatter: 0.05 }, { scatter: 0.1 }, { scatter: 0.25 }, { scatter: 0.1, tails: 0.1 }].map((days) => {
    const { falseChanges, dated } = simulateTrend(days, trends)
    return [daysText(days), percent(falseChanges), ...dated.map((each) => each.map(percent).join(', '))]
  }),
})

// Trend over many runs: where a metric or a verdict changed, and since which run.
import { LabError } from '../model/lab-error.ts'
import type { Run } from '../model/run.ts'
import { changePoints, fewestOfLevel } from '../stats/change-points.ts'
import { acknowledgedBy, hasEnded } from './acknowledged.ts'
import type { Acknowledgement } from './acknowledged.ts'
import { measured, smallestChange } from './metric-move.ts'
import type { MetricTrend, RunTrend, VerdictTrend } from './run-trend.ts'

/** The fewest runs for a series with two levels. */
export const fewestRuns = 2 * fewestOfLevel

/**
 * Divided among all series, and in each among all runs at which a change could begin (Bonferroni). Half of the promised 5 %: a split is
 * tested where the halves differ most, and levels are split again. `harness/stats/change-points.test.ts` measures the resulting rate.
 */
const levelOfAll = 0.025

/** Changes over runs, given in any order. Omits interrupted runs; throws if too few remain. */
export const trendOf = (all: readonly Run[], acknowledged: readonly Acknowledgement[] = []): RunTrend => {
  const runs = all
    .filter(({ finishedAt }) => finishedAt !== null)
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
  const twice = runs.find(
    (run, index) => index > 0 && run.startedAt === runs[index - 1]?.startedAt && run.seed === runs[index - 1]?.seed,
  )
  if (twice) throw new LabError(`The run of ${twice.startedAt} was named twice`, { exit: 'usage', next: 'name each run once' })
  const last = runs.at(-1)
  if (!last || runs.length < fewestRuns)
    throw new LabError(`A trend needs ${fewestRuns} complete runs, and only ${runs.length} were found`, {
      exit: 'usage',
      next: 'compare fewer with `lab diff`',
    })
  const series = seriesOf(runs)
  const holding = acknowledged.filter((each) => !hasEnded(each, last.startedAt))
  return {
    schemaVersion: 1,
    runs: runs.map(({ startedAt, seed, mode, environment }) => ({
      startedAt,
      seed,
      mode,
      lab: environment.labVersion,
      kubernetes: environment.kubernetes,
    })),
    cutOff: all.length - runs.length,
    metrics: series.map((each) => withChanges(each, series.length, holding)),
    verdicts: verdictsOf(runs, holding),
  }
}

type Series = Omit<MetricTrend, 'changes'>

const seriesOf = (runs: readonly Run[]): Series[] => {
  const found = new Map<string, { series: Series; points: MetricTrend['points'] }>()
  for (const [index, run] of runs.entries())
    for (const scenario of run.scenarios)
      for (const { name: arm } of scenario.arms)
        for (const [metric, { better }] of Object.entries(scenario.metrics)) {
          const of = better && measured(scenario, arm, metric)
          if (!of) continue
          const key = JSON.stringify([scenario.slug, arm, metric])
          const points = found.get(key)?.points ?? []
          points.push({ run: index, ratio: Math.exp(of.middle) })
          found.set(key, { series: { scenario: scenario.slug, arm, metric, better, points }, points })
        }
  return [...found.values()].map(({ series }) => series).filter(({ points }) => points.length >= fewestRuns)
}

const withChanges = (series: Series, among: number, acknowledged: readonly Acknowledgement[]): MetricTrend => {
  const { points, better, scenario, arm, metric } = series
  const level = levelOfAll / among / points.length
  const found = changePoints(
    points.map(({ ratio }) => Math.log(ratio)),
    { level, least: Math.log(smallestChange) },
  )
  return {
    ...series,
    changes: found.map(({ at, shift, p }) => {
      const isWorse = shift > 0 === (better === 'lower')
      return {
        run: points[at]?.run ?? at,
        answer: isWorse ? 'worse' : 'better',
        ratio: Math.exp(shift),
        p,
        acknowledged: isWorse ? acknowledgedBy(acknowledged, scenario, arm, metric) : null,
      }
    }),
  }
}

/** Arms whose verdicts differ among the runs. Skips inconclusive runs. */
const verdictsOf = (runs: readonly Run[], acknowledged: readonly Acknowledgement[]): VerdictTrend[] => {
  const found = new Map<string, VerdictTrend>()
  for (const [run, { scenarios }] of runs.entries())
    for (const { slug, arms } of scenarios)
      for (const { name, verdict, asExpected } of arms) {
        const key = JSON.stringify([slug, name])
        const of = found.get(key) ?? { scenario: slug, arm: name, changes: [] }
        found.set(key, of)
        if (verdict === 'inconclusive' || of.changes.at(-1)?.verdict === verdict) continue
        of.changes.push({
          run,
          verdict,
          asExpected,
          acknowledged: asExpected ? null : acknowledgedBy(acknowledged, slug, name, 'verdict'),
        })
      }
  return [...found.values()].filter(({ changes }) => changes.length > 1)
}

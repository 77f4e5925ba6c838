// Texts of a trend, for any format.
import type { MetricTrend, RunTrend, VerdictTrend } from '../../diff/run-trend.ts'
import { moment } from '../../report/write/date.ts'
import { multiple, relative } from '../../report/write/quantity.ts'
import { verdictWords } from '../../report/write/verdict-words.ts'
import { acknowledgedWords } from '../acknowledgements.ts'

/** Identifies the runs. */
export const runsWords = ({ runs, cutOff }: RunTrend): string => {
  const [first, last] = [runs[0], runs.at(-1)]
  const without = cutOff > 0 ? `; ${cutOff} interrupted ${cutOff === 1 ? 'run' : 'runs'} omitted` : ''
  return `${runs.length} runs from ${first ? moment(first.startedAt) : 'never'} to ${last ? moment(last.startedAt) : 'never'}${without}`
}

/** Each change of a metric as a sentence: since when, by how much, and what else was new in that run. */
export const changeWords = (trend: RunTrend, { changes }: MetricTrend): string[] =>
  changes.map(({ run, ratio, p, answer, acknowledged }) => {
    const known = acknowledgedWords(acknowledged)
    return `${answer} by ${relative(ratio - 1)} since ${since(trend, run)} (p = ${p.toPrecision(1)}${known && `; ${known}`})`
  })

/** The verdicts of an arm, one after the other. */
export const verdictsWords = (trend: RunTrend, { changes }: VerdictTrend): string =>
  changes
    .map(({ run, verdict, acknowledged }, index) => {
      const known = acknowledgedWords(acknowledged)
      return `${verdictWords(verdict).word}${index === 0 ? '' : ` since ${since(trend, run)}`}${known && ` (${known})`}`
    })
    .join(', ')

/** Start and number of a run, and what was new in it. */
const since = ({ runs }: RunTrend, index: number): string => {
  const [before, run] = [runs[index - 1], runs[index]]
  if (!run) return 'never'
  const renewed = (['lab', 'kubernetes'] as const)
    .filter((what) => before && before[what] !== run[what])
    .map((what) => `, with ${what === 'lab' ? 'lab' : 'Kubernetes'} ${run[what]}`)
  return `${moment(run.startedAt)}, run ${index + 1}${renewed.join('')}`
}

/** Range of the metric. */
export const rangeWords = ({ points }: MetricTrend): string => {
  const ratios = points.map(({ ratio }) => ratio)
  return `${multiple(Math.min(...ratios))} to ${multiple(Math.max(...ratios))} × control’s`
}

/** The last line of a trend: how much changed. */
export const countWords = ({ metrics, verdicts }: RunTrend): string => {
  const changed = metrics.filter(({ changes }) => changes.length > 0).length
  const arms =
    verdicts.length === 0 ? 'no verdict changed' : `${verdicts.length} ${verdicts.length === 1 ? 'verdict' : 'verdicts'} changed`
  return `${changed} of ${metrics.length} metrics changed; ${arms}.`
}

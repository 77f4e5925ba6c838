// A trend as lines for a terminal: changes with a sparkline each, and the count of unchanged metrics.
import type { MetricTrend, RunTrend } from '../../diff/run-trend.ts'
import { lineWidth, wrapped } from '../../report/write/wrapped.ts'
import { changeWords, countWords, rangeWords, runsWords, verdictsWords } from './words.ts'

/** Lines without line breaks, none longer than fits `columns`, see `lineWidth`. */
export const trendText = (trend: RunTrend, columns: number | undefined): string[] => {
  const metrics = trend.metrics.filter(({ changes }) => changes.length > 0)
  const slugs = [...new Set([...metrics, ...trend.verdicts].map(({ scenario }) => scenario))]
  return [
    runsWords(trend),
    ...slugs.flatMap((slug) => [
      '',
      slug,
      ...trend.verdicts
        .filter(({ scenario }) => scenario === slug)
        .map((each) => `  ! ${each.arm}: ${verdictsWords(trend, each)}`),
      ...metrics.filter(({ scenario }) => scenario === slug).flatMap((each) => metricLines(trend, each)),
    ]),
    '',
    countWords(trend),
  ].flatMap((line) => wrapped(line, lineWidth(columns), 4))
}

const metricLines = (trend: RunTrend, metric: MetricTrend): string[] => [
  ...changeWords(trend, metric).map((words, index) => {
    const change = metric.changes[index]
    const mark = change?.acknowledged ? '~' : change?.answer === 'worse' ? '✗' : '✓'
    return `  ${mark} ${metric.arm}, ${metric.metric}: ${words}`
  }),
  `    ${sparkline(metric)}  ${rangeWords(metric)}`,
]

const bars = '▁▂▃▄▅▆▇█'

/** A terminal would wrap wider ones. */
const mostBars = 100

/** A bar for each of the newest runs, from the smallest to the largest ratio, on a log scale. */
export const sparkline = ({ points }: Pick<MetricTrend, 'points'>): string => {
  const logs = points.slice(-mostBars).map(({ ratio }) => Math.log(ratio))
  const [low, high] = [Math.min(...logs), Math.max(...logs)]
  const place = (log: number): number => (high === low ? 0 : Math.round(((log - low) / (high - low)) * (bars.length - 1)))
  return logs.map((log) => bars[place(log)]).join('')
}

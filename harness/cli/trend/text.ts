// A trend as lines for a terminal: a sparkline for each metric that changed.
import type { MetricTrend, RunTrend } from '../../diff/run-trend.ts'
import { lead } from '../../report/document/elements.ts'
import { elementsText, sectionsText } from '../../report/document/terminal.ts'
import { trendSections } from './document.ts'
import { countWords, runsWords } from './words.ts'

/** Lines without line breaks, the answer last; none is longer than fits `columns`, see `lineWidth`. */
export const trendText = (trend: RunTrend, columns: number | undefined): string[] => [
  ...elementsText([lead(runsWords(trend))], columns),
  '',
  ...sectionsText(
    trendSections(trend, (metric) => lead(sparkline(metric))),
    columns,
  ),
  '',
  ...elementsText([lead(countWords(trend))], columns),
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

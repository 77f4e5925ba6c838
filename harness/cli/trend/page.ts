// A trend as one page without scripts: changes first, then everything compared.
import type { MetricTrend, RunTrend } from '../../diff/run-trend.ts'
import { htmlDocument } from '../../report/write/page/document.ts'
import { lead, wordTable } from '../../report/document/elements.ts'
import type { Group, Section } from '../../report/document/elements.ts'
import { sectionHtml } from '../../report/document/html.ts'
import { markup } from '../../report/write/page/markup.ts'
import { brand, factList, heading } from '../../report/write/page/top.ts'
import { trendChart } from './chart.ts'
import { changeWords, countWords, rangeWords, runsWords, verdictsWords } from './words.ts'

/** The whole document. */
export const trendPage = (trend: RunTrend): string =>
  htmlDocument(
    countWords(trend),
    markup`<header class="masthead">
${brand}
${heading(countWords(trend))}
${factList([runsWords(trend)])}
</header>
${sections(trend).map(sectionHtml)}`,
  )

const sections = (trend: RunTrend): Section[] => [
  {
    id: 'verdicts',
    title: 'Verdicts',
    elements: wordTable(
      'Verdicts',
      ['scenario', 'arm', 'verdicts'],
      trend.verdicts.map((each) => [each.scenario, each.arm, verdictsWords(trend, each)]),
    ),
  },
  panels(
    trend,
    'changed',
    'What changed',
    trend.metrics.filter(({ changes }) => changes.length > 0),
  ),
  panels(
    trend,
    'unchanged',
    'Unchanged',
    trend.metrics.filter(({ changes }) => changes.length === 0),
  ),
]

const panels = (trend: RunTrend, id: string, title: string, metrics: readonly MetricTrend[]): Section => ({
  id,
  title,
  isWide: true,
  elements:
    metrics.length === 0
      ? []
      : [
          lead('A dot for each run: the metric as a multiple of control’s, the median over its blocks. A line for each level.'),
          { element: 'groups', look: 'panels', groups: metrics.map((metric) => panel(trend, metric)) },
        ],
})

const panel = (trend: RunTrend, metric: MetricTrend): Group => ({
  heading: [metric.arm, metric.metric],
  about: [metric.scenario, ...changeWords(trend, metric), rangeWords(metric)].join('; '),
  elements: [{ element: 'drawing', draw: () => trendChart(trend, metric, `trend-${trend.metrics.indexOf(metric)}`) }],
})

// A trend as one page without scripts: what changed first, then all that was looked at.
import type { MetricTrend, RunTrend } from '../../diff/run-trend.ts'
import { htmlDocument } from '../../report/write/page/document.ts'
import { gridSection } from '../../report/write/page/grid.ts'
import { markup } from '../../report/write/page/markup.ts'
import type { Markup } from '../../report/write/page/markup.ts'
import { brand, factList, heading } from '../../report/write/page/top.ts'
import { trendChart } from './chart.ts'
import { changeWords, countWords, rangeWords, runsWords, verdictsWords } from './words.ts'

/** The whole document. */
export const trendPage = (trend: RunTrend): string => {
  const changed = trend.metrics.filter(({ changes }) => changes.length > 0)
  const still = trend.metrics.filter(({ changes }) => changes.length === 0)
  return htmlDocument(
    countWords(trend),
    markup`<header class="masthead">
${brand}
${heading(countWords(trend))}
${factList([runsWords(trend)])}
</header>
${gridSection(
  'Verdicts',
  ['scenario', 'arm', 'verdicts'],
  trend.verdicts.map((each) => [each.scenario, each.arm, verdictsWords(trend, each)]),
)}
${panels(trend, 'What changed', changed)}
${panels(trend, 'What did not', still)}`,
  )
}

const panels = (trend: RunTrend, title: string, metrics: readonly MetricTrend[]): Markup | null =>
  metrics.length === 0
    ? null
    : markup`<section class="wide">
<h2>${title}</h2>
<p class="lead">A dot for each run: the metric as a multiple of control’s, the median over its blocks. A line for each level.</p>
<div class="panels">${metrics.map((metric) => panel(trend, metric))}</div>
</section>`

const panel = (trend: RunTrend, metric: MetricTrend): Markup => markup`
<figure class="panel">
<figcaption><h3><span>${metric.arm}</span><span>${metric.metric}</span></h3>
<p>${[metric.scenario, ...changeWords(trend, metric), rangeWords(metric)].join('; ')}</p></figcaption>
${trendChart(trend, metric, `trend-${trend.metrics.indexOf(metric)}`)}
</figure>`

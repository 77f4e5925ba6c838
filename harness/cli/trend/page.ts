// A trend as one page without scripts.
import type { RunTrend } from '../../diff/run-trend.ts'
import { sectionHtml } from '../../report/document/html.ts'
import { htmlDocument } from '../../report/write/page/document.ts'
import { markup } from '../../report/write/page/markup.ts'
import { brand, factList, heading } from '../../report/write/page/top.ts'
import { trendChart } from './chart.ts'
import { trendSections } from './document.ts'
import { countWords, runsWords } from './words.ts'

/** The whole document. */
export const trendPage = (trend: RunTrend): string =>
  htmlDocument(
    countWords(trend),
    markup`<header class="masthead">
${brand}
${heading(countWords(trend))}
${factList([runsWords(trend)])}
<p class="lead">A dot for each run: the metric as a multiple of control’s, the median over its blocks. A line for each level.</p>
</header>
${trendSections(trend, (metric) => ({
  element: 'drawing',
  draw: () => trendChart(trend, metric, `trend-${trend.metrics.indexOf(metric)}`),
})).map(sectionHtml)}`,
  )

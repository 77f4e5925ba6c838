// A trend as one page without scripts: what changed first, then all that was looked at.
import type { MetricTrend, RunTrend } from '../../diff/run-trend.ts'
import { htmlDocument } from '../../report/write/page/document.ts'
import { markup } from '../../report/write/page/markup.ts'
import type { Markup } from '../../report/write/page/markup.ts'
import { trendChart } from './chart.ts'
import { changeWords, countWords, rangeWords, runsWords, verdictsWords } from './words.ts'

/** The whole document. */
export const trendPage = (trend: RunTrend): string => {
  const changed = trend.metrics.filter(({ changes }) => changes.length > 0)
  const still = trend.metrics.filter(({ changes }) => changes.length === 0)
  return htmlDocument(
    countWords(trend),
    markup`<header class="masthead">
<p class="brand">Kubernetes incident lab</p>
<h1>${countWords(trend)}</h1>
<ul class="facts"><li>${runsWords(trend)}</li></ul>
</header>
${verdicts(trend)}
${panels(trend, 'What changed', changed)}
${panels(trend, 'What did not', still)}`,
  )
}

const verdicts = (trend: RunTrend): Markup | null =>
  trend.verdicts.length === 0
    ? null
    : markup`<section>
<h3>Verdicts</h3>
<div class="scroll"><table class="grid">
<thead><tr><th scope="col">scenario</th><th scope="col">arm</th><th scope="col">verdicts</th></tr></thead>
<tbody>${trend.verdicts.map(
        (each) => markup`
<tr><td>${each.scenario}</td><td>${each.arm}</td><td>${verdictsWords(trend, each)}</td></tr>`,
      )}</tbody>
</table></div>
</section>`

const panels = (trend: RunTrend, title: string, metrics: readonly MetricTrend[]): Markup | null =>
  metrics.length === 0
    ? null
    : markup`<section class="wide">
<h3>${title}</h3>
<p class="lead">A dot for each run: the metric as a multiple of control’s, the median over its blocks. A line for each level.</p>
<div class="panels">${metrics.map((metric) => panel(trend, metric))}</div>
</section>`

const panel = (trend: RunTrend, metric: MetricTrend): Markup => markup`
<figure class="panel">
<figcaption><h4><span>${metric.arm}</span><span>${metric.metric}</span></h4>
<p>${[metric.scenario, ...changeWords(trend, metric), rangeWords(metric)].join('; ')}</p></figcaption>
${trendChart(trend, metric, `trend-${trend.metrics.indexOf(metric)}`)}
</figure>`

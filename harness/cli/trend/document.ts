// A trend as a document: changed verdicts, then each metric that changed, then those that did not, folded.
import type { MetricTrend, RunTrend } from '../../diff/run-trend.ts'
import { wordTable } from '../../report/document/elements.ts'
import type { Element, Group, Piece, Section } from '../../report/document/elements.ts'
import { changes as looks } from '../diff/rows.ts'
import { changeWords, rangeWords, verdictsWords } from './words.ts'

/** `picture` shows a metric over the runs. How much changed is `countWords`. */
export const trendSections = (trend: RunTrend, picture: (metric: MetricTrend) => Element): Section[] => {
  const changed = trend.metrics.filter(({ changes }) => changes.length > 0)
  const unchanged = trend.metrics.filter(({ changes }) => changes.length === 0)
  const panels = (metrics: readonly MetricTrend[]): Element[] =>
    metrics.length === 0
      ? []
      : [{ element: 'groups', look: 'panels', groups: metrics.map((metric) => panel(trend, metric, picture)) }]
  return [
    {
      id: 'verdicts',
      title: 'Verdicts',
      elements: wordTable(
        'Verdicts',
        ['scenario', 'arm', 'verdicts'],
        trend.verdicts.map((each) => [each.scenario, each.arm, verdictsWords(trend, each)]),
      ),
    },
    { id: 'changed', title: 'What changed', isWide: true, elements: panels(changed) },
    {
      id: 'unchanged',
      title: 'Unchanged',
      isWide: true,
      elements:
        unchanged.length === 0
          ? []
          : [
              {
                element: 'details',
                summary: `${unchanged.length} of ${trend.metrics.length} metrics`,
                elements: panels(unchanged),
              },
            ],
    },
  ]
}

const panel = (trend: RunTrend, metric: MetricTrend, picture: (metric: MetricTrend) => Element): Group => ({
  heading: [`${metric.arm}, ${metric.metric}`, ...lastChange(metric)],
  about: [metric.scenario, ...changeWords(trend, metric), rangeWords(metric)].join('; '),
  elements: [picture(metric)],
})

const lastChange = ({ changes }: MetricTrend): Piece[] =>
  changes.slice(-1).map(({ answer, acknowledged }) => ({
    piece: 'badge',
    ...looks[acknowledged ? 'acknowledged' : answer === 'worse' ? 'regressed' : 'recovered'],
  }))

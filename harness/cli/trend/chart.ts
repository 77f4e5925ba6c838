// Draws a metric over runs: a dot for each run, a line at each level, and a mark at each change.
import { axisX, axisY, dot, gridY, link, ruleX } from '@observablehq/plot'
import type { MetricTrend, RunTrend } from '../../diff/run-trend.ts'
import type { Markup } from '../../report/write/page/markup.ts'
import { plotSvg } from '../../report/write/page/plot-svg.ts'
import { multiple } from '../../report/write/quantity.ts'
import { changeWords, rangeWords } from './words.ts'

interface Level {
  readonly from: number
  readonly to: number
  readonly ratio: number
}

/** Geometric mean of the runs from one change to the next. */
const levelsOf = ({ points, changes }: MetricTrend): Level[] => {
  const starts = [points[0]?.run ?? 0, ...changes.map(({ run }) => run)]
  return starts.flatMap((from, index) => {
    const of = points.filter(({ run }) => run >= from && run < (starts[index + 1] ?? Infinity))
    const mean = of.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / of.length
    return [{ from, to: of.at(-1)?.run ?? from, ratio: Math.exp(mean) }]
  })
}

const day = ({ runs }: RunTrend, run: number): string => runs[run]?.startedAt.slice(0, 10) ?? ''

/** The chart of a metric; `id` is unique on the page. The y axis is logarithmic, so that equal ratios have equal height. */
export const trendChart = (trend: RunTrend, metric: MetricTrend, id: string): Markup => {
  const ratios = metric.points.map(({ ratio }) => ratio)
  const [smallest, largest] = [Math.min(...ratios), Math.max(...ratios)]
  const ticks = largest > smallest * 1.01 ? [smallest, largest] : [largest]
  const last = trend.runs.length - 1
  const colour = (run: number): string => {
    const change = metric.changes.findLast((each) => each.run <= run)
    return change === undefined ? 'var(--control)' : `var(--${change.answer === 'worse' ? 'incident' : 'fix'})`
  }
  return plotSvg(
    {
      id,
      className: 'trend',
      title: `${metric.arm}, ${metric.metric}, from run to run`,
      description: [...changeWords(trend, metric), rangeWords(metric)].join('. '),
    },
    {
      width: 420,
      height: 200,
      marginLeft: 52,
      marginRight: 12,
      marginTop: 10,
      marginBottom: 30,
      x: { domain: [0, last] },
      y: { type: 'log', domain: [smallest / 1.1, largest * 1.1] },
      marks: [
        gridY(ticks, { stroke: 'var(--rule)', strokeOpacity: 1 }),
        ruleX(
          metric.changes.map(({ run }) => run - 0.5),
          { stroke: 'var(--ink-soft)', strokeDasharray: '4 4' },
        ),
        link(levelsOf(metric), {
          x1: 'from',
          x2: 'to',
          y1: 'ratio',
          y2: 'ratio',
          stroke: ({ from }: Level) => colour(from),
          strokeWidth: 2.5,
        }),
        dot(metric.points, {
          x: 'run',
          y: 'ratio',
          r: 3,
          fill: ({ run }: { run: number }) => colour(run),
          title: ({ run, ratio }: { run: number; ratio: number }) =>
            `run ${run + 1}, ${day(trend, run)}: ${multiple(ratio)} × control’s`,
        }),
        axisY(ticks, {
          tickSize: 0,
          fontSize: 12,
          fill: 'var(--ink-soft)',
          label: null,
          tickFormat: (ratio: number) => `${multiple(ratio)} ×`,
        }),
        axisX([0, last], {
          tickSize: 0,
          fontSize: 12,
          fill: 'var(--ink-soft)',
          label: null,
          textAnchor: 'middle',
          tickFormat: (run: number) => `run ${run + 1}`,
        }),
      ],
    },
  )
}

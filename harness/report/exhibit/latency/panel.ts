// Draws latency by percentile of all arms: a line per arm, named where it ends.
import { axisX, axisY, dot, gridX, gridY, line, text, link } from '@observablehq/plot'
import type { Markish } from '@observablehq/plot'
import type { ArmRun } from '../../../model/run.ts'
import { namedQuantiles, nineScale } from './facts.ts'
import type { LatencyPoint } from './facts.ts'
import { quantity } from '../../write/quantity.ts'
import type { Markup } from '../../write/page/markup.ts'
import { plotSvg } from '../../write/page/plot-svg.ts'
import type { Described } from '../../write/page/plot-svg.ts'
import { spreadLabels } from './spread-labels.ts'

/** The curve of one arm. `dash` distinguishes arms of the same kind. */
export type ArmCurve = { readonly arm: ArmRun; readonly dash: string; readonly points: readonly LatencyPoint[] }

/** Size of the chart; a wide one shows more. A phone gets another drawing, not a smaller one. */
export type ChartSize = { readonly widthPx: number; readonly heightPx: number; readonly roomy: boolean }

const niceMs = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000]
const margin = { top: 26, bottom: 46, left: 46 }
const labelGapPx = 17
/** Where labels begin: right of the farthest point of any curve. */
const edgeOf = (curves: readonly ArmCurve[]): number =>
  Math.max(...curves.map(({ points }) => nineScale(points.at(-1)?.quantile ?? 0))) + 0.07

const around = (latenciesMs: readonly number[]): [number, number] => {
  const [low, high] = [Math.min(...latenciesMs), Math.max(...latenciesMs)]
  return [niceMs.findLast((tick) => tick <= low) ?? low / 2, niceMs.find((tick) => tick >= high) ?? high]
}

const colour = (arm: ArmRun): string => `var(--${arm.kind})`

const percentileName = (quantile: number): string => (quantile === 0 ? 'fastest' : `${Number((quantile * 100).toFixed(2))} %`)

const curveMarks = ({ arm, dash, points }: ArmCurve): Markish[] => {
  const spots = points.filter((point) => point.quantile > 0 && namedQuantiles.includes(point.quantile))
  const x = (point: LatencyPoint): number => nineScale(point.quantile)
  return [
    line([...points], {
      x,
      y: 'latencyMs',
      stroke: colour(arm),
      strokeWidth: dash === 'none' ? 3.5 : 2,
      strokeDasharray: dash,
      strokeLinejoin: 'round',
    }),
    dot(spots, {
      x,
      y: 'latencyMs',
      r: 3.5,
      fill: colour(arm),
      stroke: 'var(--paper)',
      strokeWidth: 1.5,
      title: (point: LatencyPoint) => `${arm.name}: ${percentileName(point.quantile)} within ${quantity(point.latencyMs, 'ms')}`,
    }),
  ]
}

/** Maps a latency to its height in the drawing. */
type Scale = { readonly toPx: (ms: number) => number; readonly toMs: (px: number) => number }

type EndLabel = { readonly arm: ArmRun; readonly end: LatencyPoint; readonly words: string }

const endsOf = (curves: readonly ArmCurve[], size: ChartSize): EndLabel[] =>
  curves.flatMap(({ arm, points }) => {
    const end = points.at(-1)
    if (end === undefined) return []
    return [{ arm, end, words: size.roomy ? `${arm.name}  ${quantity(end.latencyMs, 'ms')}` : arm.name }]
  })

/** Estimated width of the longest label, at most half of the drawing. */
const labelWidthPx = (curves: readonly ArmCurve[], size: ChartSize): number =>
  Math.min(size.widthPx * 0.5, 16 + 8.1 * Math.max(...endsOf(curves, size).map((end) => end.words.length)))

const endLabels = (curves: readonly ArmCurve[], scale: Scale, size: ChartSize): Markish[] => {
  return spreadLabels(
    endsOf(curves, size),
    ({ end }) => scale.toPx(end.latencyMs),
    labelGapPx,
    size.heightPx - margin.bottom - 4,
  ).flatMap(({ label, atPx }) => [
    link([label], {
      x1: nineScale(label.end.quantile),
      x2: edgeOf(curves),
      y1: label.end.latencyMs,
      y2: scale.toMs(atPx),
      stroke: colour(label.arm),
      strokeWidth: 1,
      strokeOpacity: 0.7,
    }),
    text([label], {
      x: edgeOf(curves),
      y: scale.toMs(atPx),
      dx: 5,
      textAnchor: 'start',
      text: 'words',
      fill: colour(label.arm),
      fontSize: 13,
      fontWeight: 600,
    }),
  ])
}

const logScale = (lowMs: number, highMs: number, size: ChartSize): Scale => {
  const heightPx = size.heightPx - margin.top - margin.bottom
  return {
    toPx: (ms) => margin.top + heightPx * (1 - Math.log(ms / lowMs) / Math.log(highMs / lowMs)),
    toMs: (px) => lowMs * (highMs / lowMs) ** (1 - (px - margin.top) / heightPx),
  }
}

/** The chart of a scenario's arms, with logarithmic axes: each further nine, each doubling. */
export const latencyChart = (described: Described, curves: readonly ArmCurve[], size: ChartSize): Markup => {
  const [lowMs, highMs] = around(curves.flatMap((curve) => curve.points.map((point) => point.latencyMs)))
  const edge = edgeOf(curves)
  const reached = namedQuantiles.filter((quantile) => nineScale(quantile) <= edge)
  const named = reached.filter((quantile) => size.roomy || quantile > 0)
  const msTicks = niceMs.filter((tick) => tick >= lowMs && tick <= highMs)
  return plotSvg(described, {
    width: size.widthPx,
    height: size.heightPx,
    marginLeft: margin.left,
    marginRight: labelWidthPx(curves, size),
    marginTop: margin.top,
    marginBottom: margin.bottom,
    x: { domain: [0, edge] },
    y: { type: 'log', domain: [lowMs, highMs], clamp: false },
    marks: [
      gridY(msTicks, { stroke: 'var(--rule)', strokeOpacity: 1 }),
      gridX(reached.map(nineScale), { stroke: 'var(--rule)', strokeOpacity: 1 }),
      axisY(msTicks, {
        tickSize: 0,
        fontSize: 12,
        fill: 'var(--ink-soft)',
        label: 'milliseconds',
        labelArrow: 'none',
        tickFormat: (ms: number) => ms.toLocaleString('en'),
      }),
      axisX(named.map(nineScale), {
        tickSize: 0,
        tickPadding: 10,
        fontSize: 12,
        fill: 'var(--ink-soft)',
        label: null,
        tickFormat: (_: number, index: number) => percentileName(named[index] ?? 0),
      }),
      ...curves.flatMap(curveMarks),
      ...endLabels(curves, logScale(lowMs, highMs, size), size),
    ],
  })
}

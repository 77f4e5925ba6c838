// Draws one trial: latency of requests upwards, throttled time of the container downwards.
import { areaY, dot, ruleX, ruleY, text } from '@observablehq/plot'
import type { Markish } from '@observablehq/plot'
import { quantity } from '../../write/quantity.ts'
import type { Stop, Throttling } from './facts.ts'
import type { Markup } from '../../write/page/markup.ts'
import { plotSvg } from '../../write/page/plot-svg.ts'
import type { Described } from '../../write/page/plot-svg.ts'

/** Shared scale of all rows of a scenario: the maximum of each. */
export type ThrottlingScale = { readonly latencyMs: number; readonly stoppedMs: number; readonly endMs: number }

/** A wide drawing has a tooltip for each request. */
export type RowSize = { readonly widthPx: number; readonly roomy: boolean }

const depth = 0.5
const heightPx = 142
const margin = { top: 8, bottom: 20, left: 52, right: 8 }
const seconds = [1, 2, 5, 10, 30, 60]

type Stair = { readonly x: number; readonly y: number }

/** A step line; a span without stops is one step at 0. */
const stairs = (stops: readonly Stop[], scale: ThrottlingScale): Stair[] => {
  const inWindow = stops.filter((stop) => stop.toMs > 0 && stop.fromMs < scale.endMs)
  const steps = inWindow.map(({ fromMs, msPer100 }) => ({
    x: Math.max(0, fromMs) / 1000,
    y: (-depth * msPer100) / scale.stoppedMs,
  }))
  const end = { x: Math.min(scale.endMs, inWindow.at(-1)?.toMs ?? 0) / 1000, y: 0 }
  return [...steps, end].filter(({ y }, index, all) => y !== all[index - 1]?.y)
}

const ticks = (endMs: number, widthPx: number): number[] => {
  const step = seconds.find((each) => (endMs / 1000 / each) * 46 < widthPx) ?? 60
  return Array.from({ length: Math.floor(endMs / 1000 / step) + 1 }, (_, index) => index * step)
}

const labels = (scale: ThrottlingScale, marks: readonly number[]): Markish[] => [
  text(
    [
      { y: 1, words: quantity(scale.latencyMs, 'ms', 0) },
      { y: -depth, words: quantity(scale.stoppedMs, 'ms', 0) },
    ],
    { x: 0, y: 'y', text: 'words', dx: -6, textAnchor: 'end', fill: 'var(--ink-soft)', fontSize: 12 },
  ),
  text([...marks], {
    x: (at: number) => at,
    y: -depth,
    dy: 12,
    text: (at: number) => `${at}\u00a0s`,
    fill: 'var(--ink-soft)',
    fontSize: 12,
  }),
]

type Request = Throttling['requests'][number]

const requestMarks = (requests: readonly Request[], scale: ThrottlingScale, roomy: boolean): Markish[] => {
  const x = ([dueMs]: Request): number => dueMs / 1000
  const y = ([, latencyMs]: Request): number => latencyMs / scale.latencyMs
  const title = ([dueMs, latencyMs]: Request): string => `due at ${quantity(dueMs / 1000, 's', 2)}: ${quantity(latencyMs, 'ms')}`
  return [
    ruleX([...requests], { x, y1: 0, y2: y, stroke: 'var(--even)', strokeWidth: roomy ? 2 : 1.5 }),
    dot([...requests], { x, y, r: roomy ? 3 : 2, fill: 'var(--ink)', ...(roomy ? { title } : {}) }),
  ]
}

/** The row of one arm. */
export const throttlingPanel = (described: Described, of: Throttling, scale: ThrottlingScale, size: RowSize): Markup => {
  const marks = ticks(scale.endMs, size.widthPx)
  return plotSvg(described, {
    width: size.widthPx,
    height: heightPx,
    marginTop: margin.top,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    marginRight: margin.right,
    x: { domain: [0, scale.endMs / 1000], axis: null },
    y: { domain: [-depth, 1], axis: null },
    marks: [
      ruleX(marks, { stroke: 'var(--rule)' }),
      ruleY([1, -depth], { stroke: 'var(--rule)' }),
      areaY(stairs(of.podStops, scale), { x: 'x', y1: 0, y2: 'y', curve: 'step-after', fill: 'var(--hot)', fillOpacity: 0.35 }),
      areaY(stairs(of.stops, scale), { x: 'x', y1: 0, y2: 'y', curve: 'step-after', fill: 'var(--hot)' }),
      ruleY([0], { stroke: 'var(--rule-strong)' }),
      ...requestMarks(of.requests, scale, size.roomy),
      ...labels(scale, marks),
    ],
  })
}

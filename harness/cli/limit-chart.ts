// Draws latency over the CPU limit as an SVG file of its own.
import { axisX, axisY, dot, gridY, line, ruleX, text } from '@observablehq/plot'
import type { Markish } from '@observablehq/plot'
import { plotSvg } from '../report/write/page/plot-svg.ts'
import type { Enough } from '../predict/enough.ts'
import type { AtLimit } from './limit-words.ts'
import { enoughWords } from './limit-words.ts'
import { cpuText } from './quantities.ts'

const size = { width: 760, height: 420, marginTop: 34, marginRight: 64, marginBottom: 50, marginLeft: 56 }

/** A separate file has no page to define its colours. These are the colours of the page. */
const style = `<style>
svg { --paper: #fdfcfa; --ink: #1d1c1a; --ink-soft: #66615a; --rule: #e9e5dd; --p50: #00756c; --p99: #c4460a }
@media (prefers-color-scheme: dark) {
  svg { --paper: #15171a; --ink: #ebe8e3; --ink-soft: #a39e96; --rule: #2a2d32; --p50: #3fcabb; --p99: #ff8c55 }
}
svg { background: var(--paper); color: var(--ink); font-family: -apple-system, 'Segoe UI', 'Noto Sans', sans-serif }
</style>`

const ticksMs = Array.from({ length: 8 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** (power - 2))).flat()

type Point = { readonly limit: number; readonly ms: number }

const curve = (points: readonly Point[], name: 'p50' | 'p99'): Markish[] => [
  line([...points], { x: 'limit', y: 'ms', stroke: `var(--${name})`, strokeWidth: 2.5, strokeLinejoin: 'round' }),
  dot([...points], { x: 'limit', y: 'ms', r: 3.5, fill: `var(--${name})` }),
  text(points.slice(-1), {
    x: 'limit',
    y: 'ms',
    dx: 10,
    dy: name === 'p50' ? 9 : -5, // the lines meet where the limit is enough
    textAnchor: 'start',
    text: () => name,
    fill: `var(--${name})`,
    fontSize: 13,
    fontWeight: 600,
  }),
]

const enoughMark = (limit: number): Markish[] => [
  ruleX([limit], { stroke: 'var(--ink-soft)', strokeDasharray: '4 4' }),
  text([limit], {
    x: (each: number) => each,
    frameAnchor: 'top',
    dy: -14,
    text: (each: number) => `enough: ${cpuText(each)}`,
    fill: 'var(--ink-soft)',
    fontSize: 12,
  }),
]

/** Omits limits that are too small for the load: they have no latency. */
export const limitChart = (scenario: string, sweep: readonly AtLimit[], enough: Enough): string => {
  const pointsOf = (of: 'p50' | 'p99'): Point[] =>
    sweep.flatMap(({ limitMillicores: limit, prediction: { latencyMs } }) =>
      limit === null || latencyMs === null ? [] : [{ limit, ms: latencyMs[of] }],
    )
  const [p50, p99] = [pointsOf('p50'), pointsOf('p99')]
  const limits = sweep.flatMap(({ limitMillicores }) => limitMillicores ?? [])
  const all = [...p50, ...p99].map(({ ms }) => ms)
  const low = ticksMs.findLast((tick) => tick <= Math.min(...all)) ?? 1
  const high = ticksMs.find((tick) => tick >= Math.max(...all)) ?? 1000
  const ticks = ticksMs.filter((tick) => tick >= low && tick <= high)
  const least = enough.nearlyMillicores
  const isShown = least !== null && least >= Math.min(...limits) && least <= Math.max(...limits)
  const drawn = plotSvg(
    {
      id: 'limit',
      className: 'limit',
      title: `${scenario}: latency by CPU limit, predicted`,
      description: enoughWords(enough),
    },
    {
      ...size,
      x: { domain: [Math.min(...limits), Math.max(...limits)] },
      y: { type: 'log', domain: [low, high] },
      marks: [
        gridY(ticks, { stroke: 'var(--rule)', strokeOpacity: 1 }),
        axisY(ticks, {
          tickSize: 0,
          fontSize: 12,
          fill: 'var(--ink-soft)',
          label: 'milliseconds',
          labelArrow: 'none',
          tickFormat: String,
        }),
        axisX({
          tickSize: 0,
          tickPadding: 10,
          fontSize: 12,
          fill: 'var(--ink-soft)',
          label: 'limits.cpu',
          labelArrow: 'none',
          tickFormat: cpuText,
        }),
        ...(isShown ? enoughMark(least) : []),
        ...curve(p50, 'p50'),
        ...curve(p99, 'p99'),
      ],
    },
  ).text
  return `${drawn.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"').replace('>', `>${style}`)}\n`
}

// Draws the client's results per window: share of failed requests and p99; and marks what happened meanwhile.
import { axisX, axisY, lineY, rectY, ruleX, ruleY } from '@observablehq/plot'
import type { PlotOptions } from '@observablehq/plot'
import type { Markup } from '../../report/write/page/markup.ts'
import { markup } from '../../report/write/page/markup.ts'
import { plotSvg } from '../../report/write/page/plot-svg.ts'
import type { Line } from '../../workshop/record.ts'

type Mark = NonNullable<PlotOptions['marks']>[number]

/** The client's results between two times; in minutes. */
interface Window {
  readonly from: number
  readonly to: number
  readonly failed: number
  readonly p99Ms: number
}

/** A reconnecting client sends nothing for this long. A check takes longer, and the client is not watched meanwhile. */
const pauseMinutes = 3 / 60

/** The two ends of each window; a gap between windows while the client was not watched. */
const pointsOf = (windows: readonly Window[]): { minute: number; failed: number; p99Ms: number }[] =>
  windows.flatMap(({ from, to, failed, p99Ms }, index) => {
    const before = windows[index - 1]?.to ?? from
    const isNext = from - before < pauseMinutes
    const ends = [isNext ? before : from, to].map((minute) => ({ minute, failed, p99Ms }))
    return isNext ? ends : [{ minute: from, failed: NaN, p99Ms: NaN }, ...ends]
  })

const size = { width: 860, height: 170, marginLeft: 64, marginRight: 26, marginTop: 14, marginBottom: 28 }
const axis = { tickSize: 0, fontSize: 12, fill: 'var(--ink-soft)', label: null }

/** Two charts, one below the other, on the same time axis; a sentence if the client sent nothing. */
export const clientChart = (record: readonly Line[]): Markup => {
  const zero = Date.parse(record[0]?.at ?? '')
  const minuteOf = ({ at }: Line): number => (Date.parse(at) - zero) / 60_000
  const windows = record.flatMap((line): Window[] => {
    if (line.what !== 'client') return []
    const { windowMs, sent, failed, p99Us } = line
    const to = minuteOf(line)
    return [{ from: to - windowMs / 60_000, to, failed: sent > 0 ? failed / sent : 0, p99Ms: (p99Us ?? NaN) / 1000 }]
  })
  if (windows.length === 0) return markup`<p>The client sent nothing.</p>`
  const x = { domain: [0, Math.max(...record.map(minuteOf), 1)] }
  const marksOf = (what: Line['what'], stroke: string) =>
    ruleX(record.filter((line) => line.what === what).map(minuteOf), { stroke, strokeDasharray: '4 4' })
  const events = [marksOf('changed', 'var(--fix)'), marksOf('checked', 'var(--ink-soft)'), marksOf('hint', 'var(--rule)')]
  const minutes = axisX({ ...axis, ticks: 6, tickFormat: (minute: number) => `${minute} min` })
  const chart = (id: string, title: string, ends: readonly string[], highest: number, marks: readonly Mark[]): Markup =>
    plotSvg(
      { id, className: 'client', title, description: `From ${ends[0]} at the beginning to ${ends.at(-1)} at the end.` },
      {
        ...size,
        x,
        y: { domain: [0, highest] },
        marks: [...events, ...marks, ruleY([0], { stroke: 'var(--rule)' }), minutes],
      },
    )
  const line = { x: 'minute', strokeWidth: 2 } as const
  const points = pointsOf(windows)
  const highestMs = Math.max(1, ...windows.map(({ p99Ms }) => p99Ms).filter(Number.isFinite)) * 1.1
  const failures = chart(
    'client-failures',
    'Failed requests over time',
    windows.map(({ failed }) => share(failed)),
    1,
    [
      rectY(windows, { x1: 'from', x2: 'to', y1: 0, y2: 'failed', fill: 'var(--incident)', fillOpacity: 0.25 }),
      lineY(points, { ...line, y: 'failed', stroke: 'var(--incident)' }),
      axisY([0, 0.5, 1], { ...axis, tickFormat: (ratio: number) => `${ratio * 100} %` }),
    ],
  )
  const latency = chart(
    'client-latency',
    'The 99th percentile of latency over time',
    windows.map(({ p99Ms }) => ms(p99Ms)),
    highestMs,
    [
      lineY(points, { ...line, y: 'p99Ms', stroke: 'var(--control)' }),
      axisY({ ...axis, ticks: 3, tickFormat: (value: number) => ms(value) }),
    ],
  )
  return markup`${failures}${latency}`
}

const share = (ratio: number): string => `${Math.round(ratio * 100)} % failed`
const ms = (value: number): string => (Number.isFinite(value) ? `${Math.round(value)} ms` : 'nothing answered')

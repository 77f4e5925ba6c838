// Draws what the client got, window by window: the share of failed requests, and p99; and marks what happened meanwhile.
import { areaY, axisX, axisY, lineY, ruleX, ruleY } from '@observablehq/plot'
import type { Markup } from '../../report/write/page/markup.ts'
import { markup } from '../../report/write/page/markup.ts'
import { plotSvg } from '../../report/write/page/plot-svg.ts'
import type { Line } from '../../workshop/record.ts'

const size = { width: 860, height: 170, marginLeft: 64, marginRight: 26, marginTop: 14, marginBottom: 28 }
const axis = { tickSize: 0, fontSize: 12, fill: 'var(--ink-soft)', label: null }

/** Two charts, one below the other, on the same time axis; nothing where the client never sent anything. */
export const clientChart = (record: readonly Line[]): Markup => {
  const zero = Date.parse(record[0]?.at ?? '')
  const minuteOf = ({ at }: Line): number => (Date.parse(at) - zero) / 60_000
  const windows = record.flatMap((line) =>
    line.what === 'client'
      ? [{ minute: minuteOf(line), failed: line.sent > 0 ? line.failed / line.sent : 0, p99Ms: (line.p99Us ?? NaN) / 1000 }]
      : [],
  )
  if (windows.length === 0) return markup`<p>The client sent nothing.</p>`
  const x = { domain: [0, Math.max(...record.map(minuteOf), 1)] }
  const marksOf = (what: Line['what'], stroke: string) =>
    ruleX(record.filter((line) => line.what === what).map(minuteOf), { stroke, strokeDasharray: '4 4' })
  const events = [marksOf('changed', 'var(--fix)'), marksOf('checked', 'var(--ink-soft)'), marksOf('hint', 'var(--rule)')]
  const minutes = axisX({ ...axis, ticks: 6, tickFormat: (minute: number) => `${minute} min` })
  const failures = plotSvg(
    {
      id: 'client-failures',
      className: 'client',
      title: 'Failed requests over time',
      description: `From ${share(windows[0]?.failed)} at the beginning to ${share(windows.at(-1)?.failed)} at the end.`,
    },
    {
      ...size,
      x,
      y: { domain: [0, 1] },
      marks: [
        ...events,
        areaY(windows, { x: 'minute', y: 'failed', fill: 'var(--incident)', fillOpacity: 0.25, curve: 'step-before' }),
        lineY(windows, { x: 'minute', y: 'failed', stroke: 'var(--incident)', strokeWidth: 2, curve: 'step-before' }),
        ruleY([0], { stroke: 'var(--rule)' }),
        axisY([0, 0.5, 1], { ...axis, tickFormat: (ratio: number) => `${ratio * 100} %` }),
        minutes,
      ],
    },
  )
  const latency = plotSvg(
    {
      id: 'client-latency',
      className: 'client',
      title: 'The 99th percentile of latency over time',
      description: `From ${ms(windows[0]?.p99Ms)} at the beginning to ${ms(windows.at(-1)?.p99Ms)} at the end.`,
    },
    {
      ...size,
      x,
      y: { domain: [0, Math.max(1, ...windows.map(({ p99Ms }) => p99Ms).filter(Number.isFinite)) * 1.1] },
      marks: [
        ...events,
        lineY(windows, { x: 'minute', y: 'p99Ms', stroke: 'var(--control)', strokeWidth: 2, curve: 'step-before' }),
        ruleY([0], { stroke: 'var(--rule)' }),
        axisY({ ...axis, ticks: 3, tickFormat: (value: number) => ms(value) }),
        minutes,
      ],
    },
  )
  return markup`${failures}${latency}`
}

const share = (ratio = 0): string => `${Math.round(ratio * 100)} % failed`
const ms = (value = NaN): string => (Number.isFinite(value) ? `${Math.round(value)} ms` : 'nothing answered')

// Labels and formatting of a scenario's metrics, from run.json.
import { labelOf, unitBeside } from '../../model/metric.ts'
import type { Metric, ScenarioRun } from '../../model/run.ts'
import { figure, quantity } from './quantity.ts'

/** The scenario of the metrics. */
type Of = Pick<ScenarioRun, 'metrics'>

const decimalsOf = ({ metrics }: Of, name: string, value: number): number | undefined => {
  const { decimals, counts } = metrics[name] ?? {}
  return decimals ?? (counts ? (Number.isInteger(value) ? 0 : 1) : undefined)
}

/** The label of a metric. */
export const metricLabel = ({ metrics }: Of, name: string): string => labelOf(metrics, name)

/** Column label of a metric: `Σ` marks a sum over the trials, since other values are medians. */
export const columnLabel = ({ metrics }: Of, name: string): string => `${sumSign({ metrics }, name)}${labelOf(metrics, name)}`

const sumSign = ({ metrics }: Of, name: string): string => (metrics[name]?.combined === 'sum' ? 'Σ\u00a0' : '')

/** The same with its unit, if the unit adds information. */
export const labelWithUnit = (of: Of, name: string): string =>
  [columnLabel(of, name), unitBeside(of.metrics, name)].filter((part) => part !== '').join(', ')

/** Short column label. */
export const briefLabel = ({ metrics }: Of, name: string): string =>
  `${sumSign({ metrics }, name)}${metrics[name]?.brief ?? labelOf(metrics, name)}`

/** The meaning of a metric, in a line; null if unknown. */
export const metricMeaning = ({ metrics }: Of, name: string): string | null => metrics[name]?.meaning ?? null

/** The value of a metric without its unit. */
export const metricFigure = (of: Of, name: string, metric: Pick<Metric, 'value' | 'unit'>): string =>
  figure(metric.value, metric.unit, decimalsOf(of, name, metric.value))

/** The value of a metric with its unit. */
export const metricQuantity = (of: Of, name: string, metric: Pick<Metric, 'value' | 'unit'>): string =>
  quantity(metric.value, metric.unit, decimalsOf(of, name, metric.value))

const rangeText = (of: Of, name: string, unit: string, low: number, high: number): string =>
  [low, high]
    .map((value) => metricFigure(of, name, { value, unit }))
    .join('–')
    .replace(/\s%–/, '–')

/** The smallest and the largest block, `12.1–12.9`; empty for a single block. */
const blockRange = (of: Of, name: string, { blocks, unit }: Metric): string => {
  const values = blocks.map(({ value }) => value)
  return values.length < 2 ? '' : rangeText(of, name, unit, Math.min(...values), Math.max(...values))
}

/** The interval; empty if there is none. */
const intervalText = (of: Of, name: string, { interval, unit }: Metric): string =>
  interval === null ? '' : rangeText(of, name, unit, interval.low, interval.high)

/** `[12.1–12.9]`, the interval, or else `(12.1–12.9)`, the blocks; empty if both ends are equal, and for a sum. */
export const around = (of: Of, name: string, metric: Metric): string => {
  if (metric.combined === 'sum') return ''
  const text = intervalText(of, name, metric) || blockRange(of, name, metric)
  if (new Set(text.replace(/\s%$/, '').split('–')).size < 2) return ''
  return metric.interval === null ? `(${text})` : `[${text}]`
}

/** The value of a metric for a sentence or a cell: with its unit, except for counts, whose label says it. */
export const metricText = (of: Of, name: string, metric: Pick<Metric, 'value' | 'unit'>): string =>
  unitBeside(of.metrics, name) === '' ? metricFigure(of, name, metric) : metricQuantity(of, name, metric)

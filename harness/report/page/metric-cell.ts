// A measured number in a table: the value as data, the range of its blocks below, a dash where nothing was measured.
import type { ArmRun, Metric } from '../../model/run.ts'
import { blockSpread, metricFigure, metricLabel } from '../numbers/metric-display.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

const range = (name: string, metric: Metric): Markup | null => {
  const text = blockSpread(name, metric)
  return text === '' ? null : markup`<span class="range">${text}</span>`
}

/** The unit beside a heading; a ratio has none, its numbers carry the percent sign. */
export const metricUnit = (unit: string): Markup | null =>
  unit === 'ratio' || unit === '' || unit === 'requests' || unit === 'pods' || unit === 'connections'
    ? null
    : markup`, <span class="unit">${unit}</span>`

/** The cell of a metric of an arm. */
export const metricCell = (arm: ArmRun, name: string, unit: string): Markup => {
  const metric = arm.metrics[name]
  const label = metricUnit(unit) === null ? metricLabel(name) : `${metricLabel(name)}, ${unit}`
  if (metric === undefined)
    return markup`<td role="cell" class="number" data-label="${label}"><span class="none" title="not measured">—</span></td>`
  return markup`<td role="cell" class="number" data-label="${label}"><data value="${metric.value}">${metricFigure(name, metric)}</data>${range(name, metric)}</td>`
}

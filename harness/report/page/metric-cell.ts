// A measured number in a table: the value as data, its interval or blocks below, a dash where nothing was measured.
import type { ArmRun } from '../../model/run.ts'
import { around, metricFigure, metricLabel, unitBeside } from '../numbers/metric-display.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** The unit beside a heading, where it says more than the name. */
export const metricUnit = (unit: string): Markup | null =>
  unitBeside(unit) === '' ? null : markup`, <span class="unit">${unit}</span>`

/** What a cell is called where the heading is out of sight. */
export const cellLabel = (name: string, unit: string): string =>
  unitBeside(unit) === '' ? metricLabel(name) : `${metricLabel(name)}, ${unit}`

/** Small print below a number; nothing without a text. */
export const small = (text: string): Markup | null => (text === '' ? null : markup`<span class="range">${text}</span>`)

/** A cell for a number; `shown` is null where there is none. */
export const numberCell = (label: string, shown: Markup | null): Markup =>
  markup`<td role="cell" class="number" data-label="${label}">${shown ?? markup`<span class="none" title="not measured">—</span>`}</td>`

/** The cell of a metric of an arm. */
export const metricCell = (arm: ArmRun, name: string, unit: string): Markup => {
  const metric = arm.metrics[name]
  return numberCell(
    cellLabel(name, unit),
    metric === undefined
      ? null
      : markup`<data value="${metric.value}">${metricFigure(name, metric)}</data>${small(around(name, metric))}`,
  )
}

// A measured number in a table: the value as data, its interval or blocks below, a dash where nothing was measured.
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'
import { unitBeside } from '../../../model/metric.ts'
import { armValue } from '../arm-value.ts'
import { labelWithUnit } from '../metric-words.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** The unit beside a heading, where it says more than the name. */
export const metricUnit = ({ metrics }: ScenarioRun, name: string): Markup | null => {
  const unit = unitBeside(metrics, name)
  return unit === '' ? null : markup`, <span class="unit">${unit}</span>`
}

/** Small print below a number; nothing without a text. */
export const small = (text: string): Markup | null => (text === '' ? null : markup`<span class="range">${text}</span>`)

/** A cell for a number; `shown` is null where there is none. */
export const numberCell = (label: string, shown: Markup | null): Markup =>
  markup`<td role="cell" class="number" data-label="${label}">${shown ?? markup`<span class="none" title="not measured">—</span>`}</td>`

/** The cell of a metric of an arm. */
export const metricCell = (scenario: ScenarioRun, arm: ArmRun, name: string): Markup => {
  const value = armValue(scenario, arm, name)
  return numberCell(
    labelWithUnit(scenario, name),
    value && markup`<data value="${arm.metrics[name]?.value ?? null}">${value.shown}</data>${value.beside.map(small)}`,
  )
}

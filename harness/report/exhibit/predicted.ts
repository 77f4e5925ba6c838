// What a model said each arm would measure, beside what it did.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { armTable, asides, lead } from '../document/elements.ts'
import type { Cell } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { listed } from '../write/listed.ts'
import { metricLabel, metricQuantity } from '../write/metric-words.ts'
import { quantity, relative } from '../write/quantity.ts'

export const exhibit: Exhibit = {
  order: 60,
  title: 'Predicted and measured',
  elements: (scenario) => {
    const arms = scenario.arms.filter(({ predictions }) => predictions.length > 0)
    if (arms.length === 0) return []
    const metrics = [...new Set(arms.flatMap(({ predictions }) => predictions.map(({ metric }) => metric)))]
    const columns = metrics.map((metric) => ({
      label: metricLabel(scenario, metric),
      of: (arm: ArmRun) => cell(scenario, arm, metric),
    }))
    return [lead(leadOf(scenario)), armTable('Predictions of each arm beside what was measured', 'more predicted', arms, columns)]
  },
}

const leadOf = ({ prediction }: ScenarioRun): string => {
  if (prediction === null) return ''
  const given = prediction.from.map(({ label, value, unit, decimals }) => `${label} ${quantity(value, unit, decimals)}`)
  return [
    `The model ${prediction.model} was told ${listed(given)}, as control had them, and how each arm is set.`,
    prediction.about,
    'The error is a share of what was measured.',
  ].join(' ')
}

const cell = (scenario: ScenarioRun, arm: ArmRun, name: string): Cell => {
  const prediction = arm.predictions.find(({ metric }) => metric === name)
  if (prediction === undefined) return null
  const { predicted } = prediction
  const measured = arm.metrics[name]
  const shown = (value: number): string => metricQuantity(scenario, name, { value, unit: measured?.unit ?? '' })
  return [
    { piece: 'value', value: predicted, text: shown(predicted) },
    ...(measured === undefined
      ? asides('not measured')
      : asides(`measured ${shown(measured.value)}`, `error ${errorText(predicted, measured.value)}`)),
  ]
}

/** `+1.3 %` of what was measured; a dash where that is nothing. */
const errorText = (predicted: number, measured: number): string => {
  if (predicted === measured) return relative(0)
  return measured === 0 ? '—' : relative((predicted - measured) / Math.abs(measured))
}

// Predictions of the model for each arm, next to the measurements.
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
    return [lead(leadOf(scenario)), armTable('Predictions and measurements of each arm', 'more predicted', arms, columns)]
  },
}

const leadOf = ({ prediction }: ScenarioRun): string => {
  if (prediction === null) return ''
  const given = prediction.from.map(({ label, value, unit, decimals }) => `${label} ${quantity(value, unit, decimals)}`)
  return [
    `Inputs of model ${prediction.model}: ${listed(given)} (measured in control), and each arm’s settings.`,
    prediction.about,
    'The error is relative to the measurement.',
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

/** `+1.3 %` of the measurement; a dash if that is 0. */
const errorText = (predicted: number, measured: number): string => {
  if (predicted === measured) return relative(0)
  return measured === 0 ? '—' : relative((predicted - measured) / Math.abs(measured))
}

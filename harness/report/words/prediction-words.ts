// What a model is, what it was told, and how far off it was.
import type { ScenarioRun } from '../../model/run.ts'
import { unitOf } from '../numbers/key-metrics.ts'
import { metricLabel, metricQuantity } from '../numbers/metric-display.ts'
import { relative } from '../numbers/quantity.ts'
import { listed } from './listed.ts'

const toldUnits: Record<string, string> = { besides_ms: 'ms', rate_rps: 'requests/s' }

const told = (scenario: ScenarioRun, from: Readonly<Record<string, number>>): string =>
  listed(
    Object.entries(from).map(
      ([name, value]) =>
        `${metricLabel(name)} ${metricQuantity(name, { value, unit: toldUnits[name] ?? unitOf(scenario, name) })}`,
    ),
  )

/** The model in a few sentences; empty where the scenario has none. */
export const predictionLead = (scenario: ScenarioRun): string => {
  const { prediction } = scenario.method
  if (prediction === null) return ''
  return [
    `The model ${prediction.model} was told ${told(scenario, prediction.from)}, as control had them, and how each arm is set.`,
    prediction.about,
    'The error is a share of what was measured.',
  ].join(' ')
}

/** `+1.3 %`; a dash where there is nothing to be off from. */
export const errorText = (error: number | null): string => (error === null ? '—' : relative(error))

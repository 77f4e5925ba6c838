// What a model is, what it was given, and how far off it was.
import type { ScenarioRun } from '../../../model/run.ts'
import { quantity, relative } from '../../write/quantity.ts'
import { listed } from '../../write/listed.ts'

/** The model in a few sentences; empty where the scenario has none. */
export const predictionLead = ({ prediction }: ScenarioRun): string => {
  if (prediction === null) return ''
  const given = prediction.from.map(({ label, value, unit, decimals }) => `${label} ${quantity(value, unit, decimals)}`)
  return [
    `The model ${prediction.model} was told ${listed(given)}, as control had them, and how each arm is set.`,
    prediction.about,
    'The error is a share of what was measured.',
  ].join(' ')
}

/** `+1.3 %`; a dash where there is nothing to be off from. */
export const errorText = (error: number | null): string => (error === null ? '—' : relative(error))

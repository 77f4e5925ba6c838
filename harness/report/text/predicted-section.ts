// What a model said each arm would measure, beside what it did, in Markdown.
import type { ScenarioRun } from '../../model/run.ts'
import { metricLabel, metricQuantity } from '../numbers/metric-display.ts'
import { heldAgainst, predictedArms, predictedMetrics } from '../numbers/predictions.ts'
import { errorText, predictionLead } from '../words/prediction-words.ts'
import { plain, table } from './markdown-text.ts'

/** A lead and a table; empty where there is no model. */
export const predictedSection = (scenario: ScenarioRun): string[] => {
  const rows = predictedArms(scenario).flatMap((arm) =>
    predictedMetrics(scenario).flatMap((name) => {
      const held = heldAgainst(arm, name)
      if (held === null) return []
      const { predicted, measured, unit, error } = held
      const told = (value: number | null): string => (value === null ? '—' : plain(metricQuantity(name, { value, unit })))
      return [[`**${plain(arm.name)}**`, plain(metricLabel(name)), told(predicted), told(measured), errorText(error)]]
    }),
  )
  if (rows.length === 0) return []
  return [
    plain(predictionLead(scenario)),
    table(['arm', 'metric', 'predicted', 'measured', 'error'], rows, (column) => column > 1),
  ]
}

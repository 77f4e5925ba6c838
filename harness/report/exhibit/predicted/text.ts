// What a model said each arm would measure, beside what it did, in Markdown.
import type { ScenarioRun } from '../../../model/run.ts'
import { metricLabel, metricQuantity } from '../../write/metric-words.ts'
import { heldAgainst, predictedArms, predictedMetrics } from './facts.ts'
import { errorText, predictionLead } from './words.ts'
import { plain, table } from '../../write/markdown-text.ts'

/** A lead and a table; empty where there is no model. */
export const predictedSection = (scenario: ScenarioRun): string[] => {
  const rows = predictedArms(scenario).flatMap((arm) =>
    predictedMetrics(scenario).flatMap((name) => {
      const held = heldAgainst(arm, name)
      if (held === null) return []
      const { predicted, measured, unit, error } = held
      const cell = (value: number | null): string =>
        value === null ? '—' : plain(metricQuantity(scenario, name, { value, unit }))
      return [[`**${plain(arm.name)}**`, plain(metricLabel(scenario, name)), cell(predicted), cell(measured), errorText(error)]]
    }),
  )
  if (rows.length === 0) return []
  return [
    plain(predictionLead(scenario)),
    table(['arm', 'metric', 'predicted', 'measured', 'error'], rows, (column) => column > 1),
  ]
}

// What a model said each arm would measure, beside what it did.
import type { ScenarioRun } from '../../../model/run.ts'
import { metricLabel, metricQuantity } from '../../write/metric-words.ts'
import { heldAgainst, predictedArms, predictedMetrics } from './facts.ts'
import type { Held } from './facts.ts'
import { errorText, predictionLead } from './words.ts'
import { armTable } from '../../write/page/arm-table.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

const cell = (scenario: ScenarioRun, name: string, held: Held | null): Markup | null => {
  if (held === null) return null
  const { predicted, measured, unit, error } = held
  return markup`<data value="${predicted}">${metricQuantity(scenario, name, { value: predicted, unit })}</data><span class="below">${
    measured === null
      ? markup`<span class="range">not measured</span>`
      : markup`<span class="range">measured ${metricQuantity(scenario, name, { value: measured, unit })}</span><span class="range">error ${errorText(error)}</span>`
  }</span>`
}

/** The table of predictions; null where there is no model. */
export const predicted = (scenario: ScenarioRun): Markup | null =>
  predictedArms(scenario).length === 0
    ? null
    : markup`
<section aria-labelledby="${scenario.slug}-predicted">
<h2 id="${scenario.slug}-predicted">Predicted and measured</h2>
<p class="lead">${predictionLead(scenario)}</p>
${armTable(
  'Predictions of each arm beside what was measured',
  'predicted',
  predictedArms(scenario),
  predictedMetrics(scenario).map((name) => ({
    label: metricLabel(scenario, name),
    shown: (arm) => cell(scenario, name, heldAgainst(arm, name)),
  })),
)}
</section>`

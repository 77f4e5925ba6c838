// Each arm against control and against the incident: how many times, how sure, and what that answers.
import type { Comparison, ScenarioRun } from '../../../model/run.ts'
import { comparedArms, comparedMetrics, comparisonOf, references } from './facts.ts'
import { metricLabel } from '../../write/metric-words.ts'
import { answerText, comparedLead, ratioInterval, ratioText } from './words.ts'
import { armTable } from '../../write/page/arm-table.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'
import { small } from '../../write/page/metric-cell.ts'

const answer = (scenario: ScenarioRun, comparison: Comparison): Markup =>
  markup`<span class="answer">${answerText(scenario, comparison)}</span>`

const cell = (scenario: ScenarioRun, comparison: Comparison | undefined): Markup | null =>
  comparison === undefined
    ? null
    : markup`<data value="${comparison.ratio}">${ratioText(comparison)}</data><span class="below">${small(ratioInterval(comparison))}${answer(scenario, comparison)}</span>`

/** The table of comparisons; null where nothing was compared. */
export const compared = (scenario: ScenarioRun): Markup | null =>
  comparedArms(scenario).length === 0
    ? null
    : markup`
<section aria-labelledby="${scenario.slug}-compared">
<h2 id="${scenario.slug}-compared">Compared</h2>
<p class="lead">${comparedLead(scenario)}</p>
${armTable(
  'Each arm against control and against the incident',
  'compared',
  comparedArms(scenario),
  comparedMetrics(scenario).flatMap((name) =>
    references.map((reference) => ({
      label: `${metricLabel(scenario, name)}, with ${reference}`,
      shown: (arm) => cell(scenario, comparisonOf(arm, name, reference)),
    })),
  ),
)}
</section>`

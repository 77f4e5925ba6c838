// What each remedy costs: latency added to control, resources it needs, and the rest in words.
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'
import { metricLabel } from '../../write/metric-words.ts'
import { difference } from '../../write/quantity.ts'
import { added, addedRemarks, changes, latencyMetrics, resourceMetrics } from './facts.ts'
import { spreadSentence } from '../../write/uncertainty-words.ts'
import { armHeading } from '../../write/page/arm-name.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'
import { metricCell, metricUnit, numberCell, small } from '../../write/page/metric-cell.ts'

const addedLabel = (scenario: ScenarioRun, name: string): string => `added ${metricLabel(scenario, name)}`

const addedCell = (scenario: ScenarioRun, arm: ArmRun, name: string): Markup => {
  const more = added(scenario, arm, name)
  if (more === null) return numberCell(addedLabel(scenario, name), null)
  return numberCell(
    addedLabel(scenario, name),
    markup`<data value="${more.value}">${difference(more.value, more.unit)}</data>${addedRemarks(more).map(small)}`,
  )
}

const row = (scenario: ScenarioRun, arm: ArmRun): Markup => markup`
<tr role="row" class="arm-row">
${armHeading(arm)}
${latencyMetrics(scenario).map((name) => addedCell(scenario, arm, name))}
${resourceMetrics(scenario).map((name) => metricCell(scenario, arm, name))}
<td role="cell" class="reason"><ul>${arm.costs.map((cost) => markup`<li>${cost}</li>`)}</ul></td>
</tr>`

const costsLead = (scenario: ScenarioRun): Markup | null =>
  latencyMetrics(scenario).length === 0
    ? null
    : markup`<p class="lead">Added latency is the remedy’s value minus control’s, or that of the arm it is compared with. ${spreadSentence(scenario, latencyMetrics(scenario))}</p>`

/** The table of costs; null when the scenario has no remedy. */
export const costs = (scenario: ScenarioRun): Markup | null =>
  changes(scenario).length === 0
    ? null
    : markup`
<section aria-labelledby="${scenario.slug}-costs">
<h2 id="${scenario.slug}-costs">What each remedy costs</h2>
${costsLead(scenario)}
<table role="table" class="verdicts costs">
<caption class="unseen">Costs of each remedy</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">remedy</th>
${latencyMetrics(scenario).map((name) => markup`<th role="columnheader" scope="col" class="number">${addedLabel(scenario, name)}</th>`)}
${resourceMetrics(scenario).map((name) => markup`<th role="columnheader" scope="col" class="number">${metricLabel(scenario, name)}${metricUnit(scenario, name)}</th>`)}
<th role="columnheader" scope="col">in words</th></tr></thead>
<tbody role="rowgroup">${changes(scenario).map((arm) => row(scenario, arm))}</tbody>
</table>
</section>`

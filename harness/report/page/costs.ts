// What each remedy costs: latency added to control, resources it needs, and the rest in words.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { unitOf } from '../numbers/key-metrics.ts'
import { metricLabel } from '../numbers/metric-display.ts'
import { difference, quantity } from '../numbers/quantity.ts'
import { addedToControl, latencyMetrics, remedies, resourceMetrics } from '../numbers/remedy-cost.ts'
import { armHeading } from './arm-name.ts'
import { badge } from './badge.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { metricCell, metricUnit } from './metric-cell.ts'

const addedLabel = (name: string): string => `added ${metricLabel(name)}`

const addedCell = (scenario: ScenarioRun, arm: ArmRun, name: string): Markup => {
  const added = addedToControl(scenario, arm, name)
  if (added === null)
    return markup`<td role="cell" class="number" data-label="${addedLabel(name)}"><span class="none" title="not measured">—</span></td>`
  const within = Math.abs(added.value) <= added.spread
  return markup`<td role="cell" class="number" data-label="${addedLabel(name)}"><data value="${added.value}">${difference(added.value, added.unit)}</data>${
    within ? markup`<span class="range">within control’s spread</span>` : null
  }</td>`
}

const row = (scenario: ScenarioRun, arm: ArmRun): Markup => markup`
<tr role="row" class="arm-row">
${armHeading(arm)}
<td role="cell" class="verdict">${badge(arm.verdict)}</td>
${latencyMetrics(scenario).map((name) => addedCell(scenario, arm, name))}
${resourceMetrics(scenario).map((name) => metricCell(arm, name, unitOf(scenario, name)))}
<td role="cell" class="reason"><ul>${arm.costs.map((cost) => markup`<li>${cost}</li>`)}</ul></td>
</tr>`

const spreads = (scenario: ScenarioRun): string => {
  const [anyRemedy] = remedies(scenario)
  const parts = latencyMetrics(scenario).flatMap((name) => {
    const added = anyRemedy === undefined ? null : addedToControl(scenario, anyRemedy, name)
    return added === null ? [] : [`${quantity(added.spread, added.unit)} in ${metricLabel(name)}`]
  })
  return parts.length === 0 ? '' : ` Control’s own blocks lie ${parts.join(' and ')} apart.`
}

/** The table of costs; null when the scenario has no remedy. */
export const costs = (scenario: ScenarioRun): Markup | null =>
  remedies(scenario).length === 0
    ? null
    : markup`
<section aria-labelledby="${scenario.slug}-costs">
<h3 id="${scenario.slug}-costs">What each remedy costs</h3>
<p class="lead">Added latency is the remedy’s value minus control’s.${spreads(scenario)}</p>
<table role="table" class="verdicts costs">
<caption class="unseen">Costs of each remedy</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">remedy</th><th role="columnheader" scope="col">verdict</th>
${latencyMetrics(scenario).map((name) => markup`<th role="columnheader" scope="col" class="number">${addedLabel(name)}</th>`)}
${resourceMetrics(scenario).map((name) => markup`<th role="columnheader" scope="col" class="number">${metricLabel(name)}${metricUnit(unitOf(scenario, name))}</th>`)}
<th role="columnheader" scope="col">in words</th></tr></thead>
<tbody role="rowgroup">${remedies(scenario).map((arm) => row(scenario, arm))}</tbody>
</table>
</section>`

// The table of all arms: verdict, the numbers it rests on, the reason in a sentence.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { keyMetrics } from '../facts/key-metrics.ts'
import { columnLabel, labelWithUnit } from '../write/metric-words.ts'
import { bracketWords, spreadMeaning, spreadText } from '../write/uncertainty-words.ts'
import { armHeading } from '../write/page/arm-name.ts'
import { badge, outcome, surprise } from '../write/page/badge.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { metricCell, metricUnit, numberCell } from '../write/page/metric-cell.ts'

const heading = (scenario: ScenarioRun, name: string): Markup =>
  markup`<th role="columnheader" scope="col" class="number">${columnLabel(scenario, name)}${metricUnit(scenario, name)}</th>`

const row = (scenario: ScenarioRun, arm: ArmRun): Markup => markup`
<tr role="row" class="arm-row" id="arm-${arm.name}">
${armHeading(arm)}
<td role="cell" class="verdict">${badge(arm.verdict)}${outcome(arm)}${surprise(arm)}</td>
${keyMetrics(scenario).map((name) => metricCell(scenario, arm, name))}
<td role="cell" class="reason">${arm.reason}</td>
</tr>`

const spreadCell = (scenario: ScenarioRun, name: string): Markup => {
  const text = spreadText(scenario, name)
  return numberCell(labelWithUnit(scenario, name), text === '' ? null : markup`${text}`)
}

/** How far control is from itself, below what the arms differ by; null where it had no second trial. */
const spreadRow = (scenario: ScenarioRun): Markup | null =>
  Object.keys(scenario.spread).length === 0
    ? null
    : markup`
<tfoot role="rowgroup"><tr role="row" class="arm-row">
<th role="rowheader" scope="row" class="arm">A/A spread</th><td role="cell" class="verdict"></td>
${keyMetrics(scenario).map((name) => spreadCell(scenario, name))}
<td role="cell" class="reason">${spreadMeaning}</td>
</tr></tfoot>`

/** The verdict table of a scenario; on a phone each arm becomes a card. */
export const verdicts = (scenario: ScenarioRun): Markup => markup`
<table role="table" class="verdicts">
<caption class="unseen">Verdict and key numbers of each arm</caption>
<thead role="rowgroup"><tr role="row">
<th role="columnheader" scope="col">arm</th><th role="columnheader" scope="col">verdict</th>
${keyMetrics(scenario).map((name) => heading(scenario, name))}
<th role="columnheader" scope="col">why</th>
</tr></thead>
<tbody role="rowgroup">${scenario.arms.map((arm) => row(scenario, arm))}</tbody>${spreadRow(scenario)}
</table>
<p class="note">${bracketWords(scenario)}</p>`

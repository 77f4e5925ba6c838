// Every metric of every arm, with the range of its blocks and what it counts.
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'
import { allMetrics } from '../../facts/key-metrics.ts'
import { columnLabel, metricMeaning } from '../../write/metric-words.ts'
import { figure } from '../../write/quantity.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'
import { metricCell, metricUnit } from '../../write/page/metric-cell.ts'

const row = (scenario: ScenarioRun, name: string): Markup => markup`
<tr><th scope="row">${columnLabel(scenario, name)}${metricUnit(scenario, name)}<span class="means">${metricMeaning(scenario, name)}</span></th>
${scenario.arms.map((arm) => metricCell(scenario, arm, name))}</tr>`

const observations = (arm: ArmRun): string => {
  const counts = Object.values(arm.metrics).map((metric) => metric.n)
  return counts.length === 0 ? 'not measured' : `n ${figure(Math.max(...counts), 'requests')}`
}

/** The full table; it scrolls sideways where it does not fit. */
export const allNumbers = (scenario: ScenarioRun): Markup => markup`
<details class="numbers"><summary>All numbers <span class="when">${allMetrics(scenario).length} metrics of ${scenario.arms.length} arms</span></summary>
<div class="scroll" role="region" aria-label="All numbers" tabindex="0"><table class="grid">
<caption class="unseen">Every metric of every arm</caption>
<thead><tr><th scope="col">metric</th>${scenario.arms.map((arm) => markup`<th scope="col" class="number">${arm.name}<span class="range">${observations(arm)}</span></th>`)}</tr></thead>
<tbody>${allMetrics(scenario).map((name) => row(scenario, name))}</tbody>
</table></div></details>`

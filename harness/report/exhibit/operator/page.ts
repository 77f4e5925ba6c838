// Throttling as an operator sees it, beside what the cgroups themselves counted.
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'
import { operatorColumns, operatorViews } from './facts.ts'
import { figure } from '../../write/quantity.ts'
import { operatorLead } from './words.ts'
import { armTable } from '../../write/page/arm-table.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

/** The table of counters; null where there are not both kinds. */
export const operator = (scenario: ScenarioRun): Markup | null => {
  const views = operatorViews(scenario)
  if (views.length === 0) return null
  const columns = operatorColumns.map(({ label, unit, of }) => ({
    label,
    shown: (arm: ArmRun) => {
      const view = views.find((each) => each.arm === arm)
      const value = view === undefined ? null : of(view)
      return value === null ? null : markup`<data value="${value}">${figure(value, unit)}</data>`
    },
  }))
  return markup`
<section aria-labelledby="${scenario.slug}-operator">
<h2 id="${scenario.slug}-operator">What an operator sees</h2>
<p class="lead">${operatorLead(scenario)}</p>
${armTable(
  'Counters of the cgroups beside those of cAdvisor',
  'operator',
  views.map(({ arm }) => arm),
  columns,
)}
</section>`
}

// Throttling as an operator sees it, beside what the cgroups themselves counted, in Markdown.
import type { ScenarioRun } from '../../../model/run.ts'
import { operatorColumns, operatorViews } from './facts.ts'
import { figure } from '../../write/quantity.ts'
import { operatorLead } from './words.ts'
import { plain, table } from '../../write/markdown-text.ts'

/** A lead and a table; empty where there are not both kinds of counters. */
export const operatorSection = (scenario: ScenarioRun): string[] => {
  const rows = operatorViews(scenario).map((view) => [
    `**${plain(view.arm.name)}**`,
    ...operatorColumns.map(({ unit, of }) => {
      const value = of(view)
      return value === null ? '—' : figure(value, unit)
    }),
  ])
  const headings = ['arm', ...operatorColumns.map(({ label }) => label)]
  return rows.length === 0 ? [] : [plain(operatorLead(scenario)), table(headings, rows, (column) => column > 0)]
}

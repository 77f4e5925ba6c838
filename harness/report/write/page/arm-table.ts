// A table with a row for each arm; on a phone each arm becomes a card.
import type { ArmRun } from '../../../model/run.ts'
import { armHeading } from './arm-name.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { numberCell } from './metric-cell.ts'

/** A column of numbers; `shown` is null where an arm has none. */
export type Column = { readonly label: string; readonly shown: (arm: ArmRun) => Markup | null }

/** The table; `className` names what it is about. */
export const armTable = (
  caption: string,
  className: string,
  arms: readonly ArmRun[],
  columns: readonly Column[],
): Markup => markup`
<table role="table" class="verdicts more ${className}">
<caption class="unseen">${caption}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">arm</th>
${columns.map(({ label }) => markup`<th role="columnheader" scope="col" class="number">${label}</th>`)}</tr></thead>
<tbody role="rowgroup">${arms.map(
  (arm) => markup`
<tr role="row" class="arm-row">${armHeading(arm)}${columns.map(({ label, shown }) => numberCell(label, shown(arm)))}</tr>`,
)}</tbody>
</table>`

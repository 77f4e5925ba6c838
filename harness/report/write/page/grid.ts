// A section that is a plain table.
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** Nothing where there are no rows. */
export const gridSection = (title: string, headings: readonly string[], rows: readonly (readonly string[])[]): Markup | null =>
  rows.length === 0
    ? null
    : markup`<section>
<h2>${title}</h2>
<div class="scroll" role="region" aria-label="${title}" tabindex="0"><table class="grid">
<thead><tr>${headings.map((each) => markup`<th scope="col">${each}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>
</section>`

// A comparison as one page without scripts: the answer, a row for each change, and what differs around the runs.
import type { RunDiff } from '../../diff/run-diff.ts'
import { htmlDocument } from '../../report/write/page/document.ts'
import { markup } from '../../report/write/page/markup.ts'
import type { Markup } from '../../report/write/page/markup.ts'
import { changes, rowsOf } from './rows.ts'
import type { Row } from './rows.ts'
import { answerWords, asidesOf, environmentOf, notesOf, runsOf } from './words.ts'

/** The whole document. */
export const diffPage = (diff: RunDiff): string =>
  htmlDocument(
    answerWords(diff),
    markup`<header class="masthead">
<p class="brand">Kubernetes incident lab</p>
<h1${answerWords(diff).length > longTitle ? markup` class="long"` : null}>${answerWords(diff)}</h1>
<ul class="facts">${runsOf(diff).map(([which, run]) => markup`<li>${which}: ${run}</li>`)}</ul>
</header>
${table('What changed', ['', 'scenario', 'arm', 'what', 'before', 'now', 'why, or by how much'], rowsOf(diff).map(cellsOf))}
${table(
  'Messages and the scenarios themselves',
  ['scenario', 'what'],
  diff.scenarios.flatMap((scenario) => notesOf(scenario).map((note) => [scenario.slug, note])),
)}
${table('Environment', ['what', 'older → newer'], environmentOf(diff))}
${table(
  'Not compared, or not acknowledged',
  ['what'],
  asidesOf(diff).map((aside) => [aside]),
)}`,
  )

/** A title of more characters is set smaller. */
const longTitle = 160

const cellsOf = ({ change, scenario, arm, what, before, now, note, known }: Row): string[] => [
  changes[change],
  scenario,
  arm,
  what,
  before,
  now,
  [known, note].filter(Boolean).join('; '),
]

/** Nothing where there are no rows. */
const table = (title: string, headings: readonly string[], rows: readonly (readonly string[])[]): Markup | null =>
  rows.length === 0
    ? null
    : markup`<section>
<h3>${title}</h3>
<div class="scroll"><table class="grid">
<thead><tr>${headings.map((heading) => markup`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>
</section>`

// A comparison as one page without scripts: the answer, a row for each change, and what differs around the runs.
import type { RunDiff } from '../../diff/run-diff.ts'
import { htmlDocument } from '../../report/write/page/document.ts'
import { gridSection } from '../../report/write/page/grid.ts'
import { markup } from '../../report/write/page/markup.ts'
import { brand, factList, heading } from '../../report/write/page/top.ts'
import { changes, rowsOf } from './rows.ts'
import type { Row } from './rows.ts'
import { headline } from './headline.ts'
import { asidesOf, environmentOf, notesOf, runsOf } from './words.ts'

/** The whole document. */
export const diffPage = (diff: RunDiff): string =>
  htmlDocument(
    headline(diff),
    markup`<header class="masthead">
${brand}
${heading(headline(diff))}
${factList(runsOf(diff).map(([which, run]) => `${which}: ${run}`))}
</header>
${gridSection(
  'Caution',
  ['what'],
  diff.cautions.map((caution) => [caution]),
)}
${gridSection('What changed', ['change', 'scenario', 'arm', 'what', 'before', 'now', 'why, or by how much'], rowsOf(diff).map(cellsOf))}
${gridSection(
  'Messages and the scenarios themselves',
  ['scenario', 'what'],
  diff.scenarios.flatMap((scenario) => notesOf(scenario).map((note) => [scenario.slug, note])),
)}
${gridSection('Environment', ['what', 'older → newer'], environmentOf(diff))}
${gridSection(
  'Not compared, or not acknowledged',
  ['what'],
  asidesOf(diff).map((aside) => [aside]),
)}`,
  )

const cellsOf = ({ change, scenario, arm, what, before, now, note, known }: Row): string[] => [
  changes[change],
  scenario,
  arm,
  what,
  before,
  now,
  [known, note].filter(Boolean).join('; '),
]

// A comparison as one page without scripts: the answer, a row for each change, and differences of environment.
import type { RunDiff } from '../../diff/run-diff.ts'
import { htmlDocument } from '../../report/write/page/document.ts'
import { wordTable } from '../../report/document/elements.ts'
import type { Section } from '../../report/document/elements.ts'
import { sectionHtml } from '../../report/document/html.ts'
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
${sections(diff).map(sectionHtml)}`,
  )

const sections = (diff: RunDiff): Section[] =>
  (
    [
      ['caution', 'Caution', ['what'], diff.cautions.map((caution) => [caution])],
      [
        'changed',
        'What changed',
        ['change', 'scenario', 'arm', 'what', 'before', 'now', 'reason or amount'],
        rowsOf(diff).map(cellsOf),
      ],
      [
        'messages',
        'Messages and the scenarios themselves',
        ['scenario', 'what'],
        diff.scenarios.flatMap((scenario) => notesOf(scenario).map((note) => [scenario.slug, note])),
      ],
      ['environment', 'Environment', ['what', 'older → newer'], environmentOf(diff)],
      ['not-compared', 'Not compared, or not acknowledged', ['what'], asidesOf(diff).map((aside) => [aside])],
    ] as const
  ).map(([id, title, headings, rows]) => ({ id, title, elements: wordTable(title, headings, rows) }))

const cellsOf = ({ change, scenario, arm, what, before, now, note, known }: Row): string[] => [
  changes[change],
  scenario,
  arm,
  what,
  before,
  now,
  [known, note].filter(Boolean).join('; '),
]

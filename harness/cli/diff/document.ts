// A comparison as a document: what makes the answer doubtful, what changed, most urgent first, then everything around it.
import type { RunDiff } from '../../diff/run-diff.ts'
import { code, list } from '../../report/document/elements.ts'
import type { Element, Line, Section } from '../../report/document/elements.ts'
import { changes, rowsOf } from './rows.ts'
import type { Row } from './rows.ts'
import { asidesOf, environmentOf, notesOf, powerOf, powerTitle, runsOf } from './words.ts'

/** The answer itself is `headline`. */
export const diffSections = (diff: RunDiff): Section[] => {
  const rows = rowsOf(diff)
  return [
    { id: 'caution', title: 'Caution', elements: list(diff.cautions) },
    { id: 'changed', title: 'What changed', elements: changeTable(rows) },
    { id: 'unchanged', title: 'Nothing worse beyond noise', elements: list(unchanged(diff, rows)) },
    { id: 'power', title: powerTitle, elements: list(powerOf(diff)) },
    { id: 'not-compared', title: 'Not compared, not judged, or not acknowledged', elements: list(asidesOf(diff)) },
    {
      id: 'messages',
      title: 'Messages and the scenarios themselves',
      elements: list(diff.scenarios.flatMap((scenario) => notesOf(scenario).map((note): Line => [code(scenario.slug), note]))),
    },
    {
      id: 'environment',
      title: 'Runs and environment',
      elements: [{ element: 'terms', terms: [...runsOf(diff), ...environmentOf(diff)] }],
    },
  ]
}

const changeTable = (rows: readonly Row[]): Element[] =>
  rows.length === 0
    ? []
    : [
        {
          element: 'table',
          caption: 'Changes, most urgent first',
          look: 'grid',
          first: 'change',
          columns: ['scenario', 'arm', 'what', 'before', 'now', 'reason or amount'].map((label) => ({ label, holds: 'words' })),
          rows: rows.map(({ change, scenario, arm, what, before, now, note, known }) => ({
            heading: { piece: 'badge', ...changes[change] },
            cells: [scenario, arm, what, before, now, [known, note].filter(Boolean).join('; ')],
          })),
        },
      ]

/** Scenarios without a row. */
const unchanged = ({ scenarios }: RunDiff, rows: readonly Row[]): Line[] =>
  scenarios
    .filter(({ slug }) => !rows.some(({ scenario }) => scenario === slug))
    .map(({ slug, arms }) => `${slug}, ${arms.length} arms`)

// Arms × versions, as a document for a terminal and for a pull request.
import type { Cell as MatrixCell, Matrix, MatrixScenario } from '../../diff/matrix.ts'
import { lead, list } from '../../report/document/elements.ts'
import type { Cell, Element, Section } from '../../report/document/elements.ts'
import { elementsMarkdown, sectionMarkdown } from '../../report/document/markdown.ts'
import { elementsText, sectionsText } from '../../report/document/terminal.ts'
import { listed } from '../../report/write/listed.ts'
import { verdictWords } from '../../report/write/verdict-words.ts'

/** Lines without line breaks, the answer last; none is longer than fits `columns`, see `lineWidth`. */
export const matrixText = (matrix: Matrix, columns: number | undefined): string[] => [
  ...sectionsText(sections(matrix), columns),
  '',
  ...elementsText([lead(answer(matrix))], columns),
]

/** The same for a pull request or the summary of a CI job, the answer first. */
export const matrixMarkdown = (matrix: Matrix): string =>
  [
    ...elementsMarkdown([lead({ piece: 'strong', text: answer(matrix) })], 2),
    ...sections(matrix).flatMap((section) => sectionMarkdown(section)),
    '',
  ].join('\n\n')

const sections = (matrix: Matrix): Section[] =>
  matrix.scenarios.map((scenario) => ({
    id: scenario.slug,
    title: scenario.slug,
    elements: [table(scenario, matrix), ...notes(scenario, matrix)],
  }))

const table = ({ slug, arms, metric }: MatrixScenario, { versions }: Matrix): Element => ({
  element: 'table',
  caption: `${slug} by version`,
  look: 'grid',
  first: metric === null ? 'arm' : `arm, ${metric} ÷ control’s`,
  columns: versions.map(({ kubernetes, complete }) => ({
    label: complete ? kubernetes : `${kubernetes} (cut off)`,
    holds: 'words',
  })),
  rows: arms.map(({ name, cells }) => ({ heading: name, cells: cells.map((cell) => cellOf(cell, metric)) })),
})

const cellOf = (cell: MatrixCell, metric: string | null): Cell => {
  if (cell === null) return null
  const { symbol, word } = verdictWords(cell.verdict)
  const ratio = metric === null ? undefined : cell.ratios[metric]
  return `${symbol} ${word}${cell.asExpected ? '' : ' ≠'}${ratio === undefined ? '' : `, ${ratio.toPrecision(3)} ×`}`
}

/** Why a scenario has no column, and messages that differ. */
const notes = ({ missing, wordings }: MatrixScenario, { versions }: Matrix): Element[] => {
  const measured = versions.filter((_, index) => missing[index] === null)
  return list([
    ...versions.flatMap(({ kubernetes }, index) => {
      const why = missing[index]
      return typeof why === 'string' ? [`${kubernetes}: ${why}`] : []
    }),
    ...wordings.map(({ text, said }) => {
      const on = measured.filter((_, index) => said[index]).map(({ kubernetes }) => kubernetes)
      return `message only on ${listed(on)}: ${text}`
    }),
  ])
}

const answer = ({ versions, scenarios }: Matrix): string => {
  const surprises = versions.flatMap(({ kubernetes }, index) =>
    scenarios.flatMap(({ slug, arms }) =>
      arms.filter(({ cells }) => cells[index]?.asExpected === false).map(({ name }) => `${slug}, ${name} on ${kubernetes}`),
    ),
  )
  if (surprises.length > 0) return `Not as expected: ${surprises.join('; ')}.`
  return `Every measured arm is as expected on ${listed(versions.map(({ kubernetes }) => kubernetes))}.`
}

// Arms × versions, as lines for a terminal and as Markdown.
import type { Cell, Matrix, MatrixScenario } from '../../diff/matrix.ts'
import { inColumns } from '../../report/write/columns.ts'
import { listed } from '../../report/write/listed.ts'
import { bullets, plain, table } from '../../report/write/markdown-text.ts'
import { oneLine } from '../../report/write/one-line.ts'
import { verdictWords } from '../../report/write/verdict-words.ts'
import { lineWidth, wrapped } from '../../report/write/wrapped.ts'

/** Lines without line breaks, the answer last; none is longer than fits `columns`, see `lineWidth`. */
export const matrixText = (matrix: Matrix, columns: number | undefined): string[] =>
  [
    ...matrix.scenarios.flatMap((scenario) => [
      scenario.slug,
      ...inColumns([heading(scenario, matrix), ...rows(scenario)]).map((line) => `  ${line}`),
      ...notes(scenario, matrix).map((line) => `  ${line}`),
      '',
    ]),
    answer(matrix),
  ].flatMap((line) => wrapped(line, lineWidth(columns), 4))

/** The same for a pull request or the summary of a CI job. */
export const matrixMarkdown = (matrix: Matrix): string =>
  [
    `**${plain(answer(matrix))}**`,
    ...matrix.scenarios.flatMap((scenario) => {
      const found = notes(scenario, matrix)
      return [
        `### ${plain(scenario.slug)}`,
        table(
          heading(scenario, matrix).map(plain),
          rows(scenario).map((cells) => cells.map(plain)),
          () => false,
        ),
        ...(found.length > 0 ? [bullets(found.map(plain))] : []),
      ]
    }),
    '',
  ].join('\n\n')

const heading = ({ metric }: MatrixScenario, { versions }: Matrix): string[] => [
  metric === null ? 'arm' : `arm, ${metric} ÷ control’s`,
  ...versions.map(({ kubernetes, complete }) => (complete ? kubernetes : `${kubernetes} (cut off)`)),
]

const rows = ({ arms, metric }: MatrixScenario): string[][] =>
  arms.map(({ name, cells }) => [name, ...cells.map((cell) => cellText(cell, metric))])

const cellText = (cell: Cell, metric: string | null): string => {
  if (cell === null) return '—'
  const { symbol, word } = verdictWords(cell.verdict)
  const ratio = metric === null ? undefined : cell.ratios[metric]
  return `${symbol} ${word}${cell.asExpected ? '' : ' ≠'}${ratio === undefined ? '' : `, ${ratio.toPrecision(3)} ×`}`
}

/** Why a scenario has no column, and messages that differ. */
const notes = ({ missing, wordings }: MatrixScenario, { versions }: Matrix): string[] => {
  const measured = versions.filter((_, index) => missing[index] === null)
  return [
    ...versions.flatMap(({ kubernetes }, index) => {
      const why = missing[index]
      return typeof why === 'string' ? [`${kubernetes}: ${oneLine(why)}`] : []
    }),
    ...wordings.map(({ text, said }) => {
      const on = measured.filter((_, index) => said[index]).map(({ kubernetes }) => kubernetes)
      return `message only on ${listed(on)}: ${oneLine(text)}`
    }),
  ]
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

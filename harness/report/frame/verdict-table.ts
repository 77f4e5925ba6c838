// The verdicts of a run as lines for a terminal: aligned, without colour, unexpected arms marked.
import type { ArmRun, Run, ScenarioRun } from '../../model/run.ts'
import { inColumns } from '../write/columns.ts'
import { lineWidth, wrapped } from '../write/wrapped.ts'
import { keyFigures } from '../write/key-figures.ts'
import type { KeyFigure } from '../write/key-figures.ts'
import { hasOutcomes, outcomeText } from '../write/outcome-words.ts'
import { printable } from '../write/printable.ts'
import { verdictWords } from '../write/verdict-words.ts'

type Table = { readonly textColumns: number; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

const verdictText = (arm: ArmRun): string => {
  const { symbol, word } = verdictWords(arm.verdict)
  return `${symbol} ${word}${arm.asExpected ? '' : ` (≠ ${verdictWords(arm.expected).word})`}`
}

const terse = (text: string): string =>
  text.replaceAll('\u00a0', ' ').replace(/ (pods|requests|connections|periods|evictions|nodes)$/, '')

/** A row with the A/A spread, below the arms. */
const spreadRows = (scenario: ScenarioRun, figures: readonly KeyFigure[]): string[][] =>
  Object.keys(scenario.spread).length === 0 || figures.length === 0
    ? []
    : [['A/A spread', '', '', ...outcomeCells(scenario, ''), ...figures.map(({ spread }) => terse(spread) || '—')]]

/** The cell of a column that only scenarios of episodes have. */
const outcomeCells = (scenario: ScenarioRun, text: string): string[] => (hasOutcomes(scenario) ? [text] : [])

const tableOf = (scenario: ScenarioRun, figures: readonly KeyFigure[]): Table => ({
  textColumns: hasOutcomes(scenario) ? 4 : 3,
  head: ['arm', 'kind', 'verdict', ...outcomeCells(scenario, 'episodes'), ...figures.map(({ brief }) => brief)],
  rows: [
    ...scenario.arms.map((arm) => [
      arm.name,
      arm.kind,
      verdictText(arm),
      ...outcomeCells(scenario, outcomeText(arm) ?? ''),
      ...figures.map(({ of }) => terse(of(arm)?.text ?? '—')),
    ]),
    ...spreadRows(scenario, figures),
  ],
})

const aligned = ({ textColumns, head, rows }: Table): string[] =>
  inColumns([head, ...rows], (column) => column >= textColumns).map((line) => `  ${line}`)

/** If not even the verdicts fit next to the arms: the cells of a row in sequence, each number with its name. */
const listed = ({ textColumns, head, rows }: Table, width: number): string[] =>
  rows.flatMap(([arm = '', ...cells]) => {
    const named = cells.map((cell, index) => (index + 1 < textColumns || cell === '' ? cell : `${head[index + 1] ?? ''} ${cell}`))
    return wrapped(`  ${arm}: ${named.filter((cell) => cell !== '').join(', ')}`, width)
  })

/** Keeps this many numbers; drops a row that has nothing else. */
const withNumbers = ({ textColumns, head, rows }: Table, shown: number): Table => ({
  textColumns,
  head: head.slice(0, textColumns + shown),
  rows: rows.map((cells) => cells.slice(0, textColumns + shown)).filter((cells) => cells.slice(1).some((cell) => cell !== '')),
})

/** Omits numbers from the end until the lines fit, and says which. */
const fitting = (scenario: ScenarioRun, width: number): string[] => {
  const figures = keyFigures(scenario)
  const whole = tableOf(scenario, figures)
  for (let shown = figures.length; shown >= 0; shown--) {
    const lines = aligned(withNumbers(whole, shown))
    if (lines.every((line) => line.length <= width)) return [...lines, ...leftOut(figures.slice(shown), width)]
  }
  return listed(whole, width)
}

const leftOut = (figures: readonly KeyFigure[], width: number): string[] =>
  figures.length === 0
    ? []
    : wrapped(
        `  omitted at this width: ${figures.map(({ brief }) => brief.replaceAll('\u00a0', ' ')).join(', ')} (see the report)`,
        width,
      )

const title = (scenario: ScenarioRun): string =>
  scenario.complete ? scenario.slug : `${scenario.slug} (interrupted: judged on the trials so far)`

/** A skipped scenario: no row, no verdict. */
const skippedLines = ({ slug, reason }: Run['skipped'][number], width: number): string[] => [
  ...wrapped(`${slug} (skipped: not measured)`, width),
  ...wrapped(`  ${reason.trim()}`, width, 0),
]

/** A block of lines per scenario: its slug, a heading line, a line per arm; then those skipped. No line is longer than fits `columns`, see `lineWidth`. */
export const verdictTable = (run: Run, columns: number | undefined): string[] => {
  const width = lineWidth(columns)
  return [
    ...run.scenarios.map((scenario) => [...wrapped(title(scenario), width), ...fitting(scenario, width)]),
    ...run.skipped.map((skipped) => skippedLines(skipped, width)),
  ]
    .flatMap((lines, index) => [...(index === 0 ? [] : ['']), ...lines])
    .map(printable)
}

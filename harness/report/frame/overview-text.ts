// The run at a glance, in Markdown.
import type { Run } from '../../model/run.ts'
import { oneLine } from '../write/one-line.ts'
import { bullets, plain, table } from '../write/markdown-text.ts'
import { outcomes, overview, overviewHeadings } from './overview.ts'
import type { Row } from './overview.ts'
import { pageName } from './pages.ts'
import { surprisesOf, surpriseWords } from './surprise-words.ts'

/** The cells of a row; `shown` is what there is room for of each. */
export const overviewCells = (row: Row, shown: (cell: string) => string): string[] => {
  const { symbol, word } = outcomes[row.outcome]
  const cells = [row.slug, row.broke, row.fixes, row.helpsNot, row.sampleSize]
  return [`${symbol} **${word}**`, ...cells.map((cell) => plain(shown(cell)))]
}

const linked = (row: Row): string[] => {
  const [verdict = '', slug = '', ...others] = overviewCells(row, oneLine)
  return [verdict, row.scenario === null ? slug : `[${slug}](${pageName(row.scenario)}.md)`, ...others]
}

/** A row for each scenario, each with a link to its page; then what is not as expected, and why. */
export const overviewSection = (run: Run): string[] => {
  const surprises = surprisesOf(run).map(
    ({ slug, arm }) => `**${plain(oneLine(`${slug}, ${arm.name}`))}**: ${plain(surpriseWords(arm))}`,
  )
  return [
    table(overviewHeadings, overview(run).map(linked), () => false),
    ...(surprises.length === 0 ? [] : [bullets(surprises)]),
  ]
}

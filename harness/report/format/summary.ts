// The run on one page, for a pull request or the summary of a CI job, within their length limit.
import type { Run } from '../../model/run.ts'
import { elementsMarkdown } from '../document/markdown.ts'
import type { Format } from '../formats.ts'
import { noCommandWords, reproduceCommand, reproduceTerms } from '../frame/reproduce.ts'
import { runVerdict } from '../frame/headline.ts'
import { overview, overviewTable } from '../frame/overview.ts'
import type { Row } from '../frame/overview.ts'
import { skippedMeaning } from '../frame/skipped.ts'
import { ownSurprisesOf, surpriseWords } from '../frame/surprise-words.ts'
import { cut } from '../write/cut.ts'
import { moment } from '../write/date.ts'
import { fitting } from '../write/fitting.ts'
import { bullets, fence, plain } from '../write/markdown-text.ts'
import { oneLine } from '../write/one-line.ts'
import { printable } from '../write/printable.ts'

/** Limits of what is shown. */
interface Room {
  /** Characters of a reason. */
  readonly reason: number
  /** Characters of a cell of the table. */
  readonly cell: number
  /** Rows of scenarios that passed. */
  readonly passed: number
  /** Other rows, and lines of surprises. */
  readonly others: number
}

const everything: Room = { reason: 280, cell: 400, passed: Infinity, others: Infinity }
const shorterReasons: readonly Room[] = [200, 140, 90].map((reason) => ({ ...everything, reason }))
const shortest: Room = { ...everything, reason: 60, cell: 120 }

/** From everything to almost nothing: reasons shrink first, then passed scenarios, then the rest. */
const rooms: readonly Room[] = [
  everything,
  ...shorterReasons,
  ...[40, 30, 20, 15, 10, 7, 5, 3, 2, 1, 0].map((passed) => ({ ...everything, reason: 90, passed })),
  ...[Infinity, 40, 20, 10, 5, 2, 1, 0].map((others) => ({ ...shortest, passed: 0, others })),
]

const firstLine = (run: Run, room: Room): string =>
  `**${runVerdict(run)
    .map((sentence) => plain(cut(sentence, room.cell)))
    .join(' ')}**`

const leftOut = (count: number, what: string): string[] =>
  count > 0 ? [`${count} ${what} omitted here: see \`report.md\`.`] : []

const scenariosTable = ({ run, rows }: Content, room: Room): string[] => {
  const passed = rows.filter(({ outcome }) => outcome === 'passed')
  const others = rows.filter(({ outcome }) => outcome !== 'passed')
  const shown = [...others.slice(0, room.others), ...passed.slice(0, room.passed)]
  const [unseen, unseenPassed] = [Math.max(0, others.length - room.others), Math.max(0, passed.length - room.passed)]
  return [
    ...(shown.length === 0 ? [] : elementsMarkdown([overviewTable(shown, (cell) => cut(oneLine(cell), room.cell), false)], 2)),
    ...leftOut(unseen, `${unseen === 1 ? 'scenario' : 'scenarios'} that did not pass ${unseen === 1 ? 'is' : 'are'}`),
    ...leftOut(unseenPassed, `${unseenPassed === 1 ? 'scenario' : 'scenarios'} that passed ${unseenPassed === 1 ? 'is' : 'are'}`),
    ...(run.skipped.length > 0 ? [skippedMeaning] : []),
  ]
}

const surpriseLines = ({ surprises }: Content, room: Room): string[] => {
  const lines = surprises
    .slice(0, room.others)
    .map(({ name, words }) => `**${plain(cut(name, room.cell))}**: ${plain(cut(words, room.reason))}`)
  const unseen = surprises.length - lines.length
  return [
    ...(lines.length > 0 ? [bullets(lines)] : []),
    ...leftOut(unseen, `${unseen === 1 ? 'arm' : 'arms'} not as expected ${unseen === 1 ? 'is' : 'are'}`),
  ]
}

const longestVersion = 60

const reproduce = (run: Run): string[] => {
  const command = reproduceCommand(run)
  const short = (text: string): string => plain(cut(oneLine(text), longestVersion))
  return [
    'Reproduce this:',
    command === null ? `(${noCommandWords})` : fence(command, 'sh'),
    `${run.mode === 'quick' ? 'Quick' : 'Full'} run of ${moment(run.startedAt)}. ${reproduceTerms(run)
      .map(([term, words]) => `${term} ${short(words)}`)
      .join('; ')}.`,
  ]
}

/** The full content, before shortening. */
interface Content {
  readonly run: Run
  readonly rows: readonly Row[]
  /** Scenario and arm, and texts about it; each on one line. */
  readonly surprises: readonly { readonly name: string; readonly words: string }[]
  readonly reproduce: readonly string[]
}

const written = (content: Content, room: Room): string =>
  printable(
    `${[
      firstLine(content.run, room),
      ...(content.run.busy ? [plain(oneLine(content.run.busy.sentence))] : []),
      ...scenariosTable(content, room),
      ...surpriseLines(content, room),
      ...content.reproduce,
      'The full report is `report.md`, beside this file; `report.html` is the same with pictures; `run.json` and `numbers.csv` have all numbers.',
    ].join('\n\n')}\n`,
  )

/** The whole document, with as much of the run as fits. */
export const summary = (run: Run): string => {
  const surprises = ownSurprisesOf(run).map(({ slug, arm }) => ({
    name: oneLine(`${slug}, ${arm.name}`),
    words: surpriseWords(arm),
  }))
  const content = { run, rows: overview(run), surprises, reproduce: reproduce(run) }
  const text = fitting(rooms, (room) => written(content, room))
  if (text === undefined) throw new Error('a summary without rows and reasons is too long')
  return text
}

const file = 'summary.md'

export const format: Format = { files: () => [file], write: (run) => [{ file, text: summary(run) }] }

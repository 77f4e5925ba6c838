// A comparison as a pull request comment: the answer first, then a row for each change, within the length limit of code hosts.
import type { RunDiff } from '../../diff/run-diff.ts'
import { cut } from '../../report/write/cut.ts'
import { fitting } from '../../report/write/fitting.ts'
import { bullets, plain, section, table } from '../../report/write/markdown-text.ts'
import { oneLine } from '../../report/write/one-line.ts'
import { printable } from '../../report/write/printable.ts'
import { changes, rowsOf } from './rows.ts'
import { headline } from './headline.ts'
import { asidesOf, environmentOf, notesOf, runsOf } from './words.ts'

/** Limits: characters of a cell, rows of changes, lines of anything else. */
interface Room {
  readonly cell: number
  readonly rows: number
  readonly lines: number
}

/** Characters. These two are never shortened further: the reader needs what is missing and what makes the answer doubtful. */
const [longestHeadline, longestCaution] = [2400, 280]

const least: Room = { cell: 60, rows: 0, lines: 0 }

/** From everything to almost nothing: cells shrink first, then the environment, then the changes, last ones first. */
const rooms: readonly Room[] = [
  ...[280, 140, 80].map((cell) => ({ cell, rows: Infinity, lines: Infinity })),
  ...[40, 20, 10, 5].map((lines) => ({ cell: 80, rows: Infinity, lines })),
  ...[60, 40, 20, 10, 5, 0].map((rows) => ({ cell: 60, rows, lines: 5 })),
  least,
]

/** Markdown with as much of the comparison as fits; no line break at the end. */
export const diffMarkdown = (diff: RunDiff): string => fitting(rooms, (room) => written(diff, room)) ?? written(diff, least)

const written = (diff: RunDiff, room: Room): string => {
  const cell = (text: string): string => plain(cut(oneLine(text), room.cell))
  const listed = (lines: readonly string[]): string =>
    bullets([...lines.slice(0, room.lines).map(cell), ...leftOut(lines.length - room.lines)])
  const rows = rowsOf(diff)
  const shown = rows.slice(0, room.rows)
  const still = diff.scenarios.filter(({ slug }) => !rows.some(({ scenario }) => scenario === slug)).map(({ slug }) => slug)
  return printable(
    [
      `**${plain(cut(headline(diff), longestHeadline))}**`,
      bullets(diff.cautions.map((caution) => `Caution: ${plain(cut(oneLine(caution), longestCaution))}`)),
      ...(shown.length === 0
        ? []
        : [
            table(
              ['', 'scenario', 'arm', 'what', 'before', 'now', ''],
              shown.map(({ change, scenario, arm, what, before, now, note, known }) => [
                change === 'regressed' ? `**${changes[change]}**` : changes[change],
                ...[scenario, arm, what, before, now, [known, note].filter(Boolean).join('; ')].map(cell),
              ]),
              () => false,
            ),
          ]),
      ...leftOut(rows.length - shown.length),
      ...(still.length > 0 ? [`Nothing worse beyond noise: ${cell(still.join(', '))}.`] : []),
      listed(asidesOf(diff)),
      ...section(
        'Messages and the scenarios themselves',
        listed(diff.scenarios.flatMap((scenario) => notesOf(scenario).map((note) => `${scenario.slug}: ${note}`))),
      ),
      ...section(
        'Runs and environment',
        listed([...runsOf(diff), ...environmentOf(diff)].map(([what, value]) => `${what}: ${value}`)),
      ),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  )
}

const leftOut = (count: number): string[] => (count > 0 ? [`… and ${count} more: \`lab diff\` shows all of them.`] : [])

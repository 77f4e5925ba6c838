// Differences between older runs and a newer one, as lines for a terminal: the answer, then caveats, then each scenario.
import type { RunDiff, ScenarioDiff } from '../../diff/run-diff.ts'
import { inColumnsWithin } from '../../report/write/columns.ts'
import { oneLine } from '../../report/write/one-line.ts'
import { lineWidth, wrapped } from '../../report/write/wrapped.ts'
import { rowsOf } from './rows.ts'
import type { Row } from './rows.ts'
import { headline } from './headline.ts'
import { asidesOf, environmentOf, notesOf, runsOf } from './words.ts'

/** Lines without line breaks, the answer first; none is longer than fits `columns`, see `lineWidth`. */
export const diffText = (diff: RunDiff, columns: number | undefined): string[] => {
  const width = lineWidth(columns)
  const rows = rowsOf(diff)
  return [
    headline(diff),
    ...diff.cautions.map((caution) => `Caution: ${oneLine(caution)}.`),
    '',
    ...inColumnsWithin([...runsOf(diff), ...environmentOf(diff)], width),
    ...diff.scenarios.flatMap((scenario) => ['', ...scenarioLines(scenario, rows)]),
    ...asidesOf(diff).flatMap((line, index) => (index === 0 ? ['', line] : [line])),
  ].flatMap((line) => wrapped(line, width, 4))
}

const scenarioLines = (scenario: ScenarioDiff, rows: readonly Row[]): string[] => {
  const lines = [
    ...rows.filter((row) => row.scenario === scenario.slug).map(rowLine),
    ...notesOf(scenario).map((note) => `    ${note}`),
  ]
  return lines.length === 0
    ? [`${scenario.slug}: nothing worse beyond noise, ${scenario.arms.length} arms`]
    : [scenario.slug, ...lines]
}

const marks: Record<Row['change'], string> = {
  regressed: '✗',
  unclear: '?',
  other: '!',
  belowLimit: '·',
  acknowledged: '~',
  recovered: '✓',
}

const rowLine = ({ change, arm, what, before, now, note, known }: Row): string => {
  const told = what === 'verdict' ? `${before === now ? now : `${before} → ${now}`}: ` : `${what} was ${before} and is ${now}: `
  return `  ${marks[change]} ${arm}: ${told}${oneLine(note)}${known ? ` (${known})` : ''}`
}

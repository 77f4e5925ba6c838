// A class at a glance: a row for each learner.
import { inColumns } from '../../report/write/columns.ts'
import { verdictWords } from '../../report/write/verdict-words.ts'
import type { Line } from '../../workshop/record.ts'
import { factsOf, minutesBetween } from './story.ts'

export interface Row {
  readonly learner: string
  readonly exercise: string
  /** From the last check; null: there was none. */
  readonly verdict: string | null
  readonly fixedAfter: string | null
  readonly checks: number
  readonly hints: number
  readonly solution: boolean
}

export const rowOf = (record: readonly Line[]): Row => {
  const { started, checks, fixedAt, hints, sawSolution } = factsOf(record)
  const last = checks.at(-1)
  return {
    learner: started.learner,
    exercise: started.slug,
    verdict: last ? verdictWords(last.verdict).word : null,
    fixedAfter: fixedAt === null ? null : minutesBetween(started.at, fixedAt),
    checks: checks.length,
    hints,
    solution: sawSolution,
  }
}

export const boardLines = (rows: readonly Row[]): string[] =>
  inColumns(
    [
      ['learner', 'exercise', 'verdict', 'fixed after', 'checks', 'hints', 'solution'],
      ...rows.map((row) => [
        row.learner,
        row.exercise,
        row.verdict ?? '—',
        row.fixedAfter ?? '—',
        String(row.checks),
        String(row.hints),
        row.solution ? 'seen' : '—',
      ]),
    ],
    (column) => column === 4 || column === 5,
  )

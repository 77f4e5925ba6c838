// What GitHub shows of a comparison: what got worse, what there is no answer for.
import type { RunDiff } from '../../diff/run-diff.ts'
import { annotationLines } from '../annotations.ts'
import { rowsOf } from './rows.ts'

/** A line for each scenario with a regression, an error, or without an answer, a warning. */
export const diffAnnotations = (diff: RunDiff): string[] =>
  annotationLines(
    (['regressed', 'unclear'] as const).flatMap((change) => {
      const rows = rowsOf(diff).filter((row) => row.change === change)
      return [...Map.groupBy(rows, ({ scenario }) => scenario)].map(([scenario, of]) => ({
        level: change === 'regressed' ? ('error' as const) : ('warning' as const),
        title: change === 'regressed' ? `${scenario} got worse` : `${scenario} is inconclusive`,
        lines: of.map(({ arm, what, before, now, note }) => `${arm} ${what}: ${before} → ${now}; ${note}`),
      }))
    }),
  )

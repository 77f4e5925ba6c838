// Checks whether runs can be compared; throws an error with the reason if not.
import { LabError } from '../model/lab-error.ts'
import type { Run } from '../model/run.ts'

/** Error for runs that cannot be compared: wrong usage. */
export const unusable = (what: string, next?: string, why?: string): LabError =>
  new LabError(what, { exit: 'usage', ...(why ? { why } : {}), ...(next ? { next } : {}) })

/** Refuses runs that cannot be compared: `older` is oldest first. */
export const checkComparable = (older: readonly Run[], newer: Run): void => {
  if (older.length === 0) throw unusable('Only one run was given', 'name two or more, the newer one last')
  checkFinished(older, newer)
  checkDistinct([...older, newer])
  if (older.every(({ mode }) => mode !== newer.mode)) throw otherMode(older, newer)
}

const checkFinished = (older: readonly Run[], newer: Run): void => {
  if (newer.finishedAt === null) throw unusable('The newer run was cut off', 'run it again to its end')
  const cutOff = older.find(({ finishedAt }) => finishedAt === null)
  if (cutOff) throw unusable(`The older run of ${cutOff.startedAt} was cut off`, 'omit it, or run it again to its end')
}

const checkDistinct = (runs: readonly Run[]): void => {
  const names = runs.map(({ startedAt, seed }) => `${startedAt} ${seed}`)
  const twice = names.findIndex((name, index) => names.indexOf(name) < index)
  if (twice < 0) return
  throw unusable(
    runs.length === 2 ? 'Both are the same run' : `The run of ${runs[twice]?.startedAt} is named twice`,
    'name each run once, the newer one last',
  )
}

const otherMode = (older: readonly Run[], { mode }: Run): LabError =>
  unusable(
    `The newer run is ${mode}, and ${older.length === 1 ? 'the older run' : 'every older run'} is ${mode === 'full' ? 'quick' : 'full'}`,
    `compare runs of one mode: repeat ${mode === 'full' ? 'the newer run with --quick, or an older one without it, in full' : 'the newer run without --quick, or an older one with it, in quick mode'}`,
    'the two modes differ in blocks, windows and load, so their values and verdicts are not comparable',
  )

/** Scenarios of the runs, in words. */
export const slugsOf = (runs: readonly Run[]): string => {
  const slugs = runs.flatMap(({ scenarios }) => scenarios.map(({ slug }) => slug))
  return [...new Set(slugs)].join(', ') || 'none'
}

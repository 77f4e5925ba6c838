// What is said of a run that was stopped before its end.
import type { Run } from '../../model/run.ts'

/** Why the run, or a part of it, is not whole; null when it is. */
export const cutOffWords = (run: Run): string | null => {
  const parts = run.scenarios.filter((scenario) => !scenario.complete).map((scenario) => scenario.slug)
  if (run.finishedAt !== null && parts.length === 0) return null
  const judged = parts.length === 0 ? '' : ` Judged on the trials it had: ${parts.join(', ')}.`
  return `This run is not complete: it was cut off.${judged}`
}

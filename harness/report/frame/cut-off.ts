// Texts about an interrupted run.
import type { Run } from '../../model/run.ts'

/** Why the run, or a part of it, is incomplete; null: it is complete. */
export const cutOffWords = (run: Run): string | null => {
  const parts = run.scenarios.filter((scenario) => !scenario.complete).map((scenario) => scenario.slug)
  if (run.finishedAt !== null && parts.length === 0) return null
  const judged = parts.length === 0 ? '' : ` Judged on the trials so far: ${parts.join(', ')}.`
  return `This run was interrupted and is incomplete.${judged}`
}

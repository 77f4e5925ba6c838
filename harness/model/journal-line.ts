// run.jsonl: what a run has measured so far. Each line adds to what is known; of a scenario the last one counts.
import * as z from 'zod'
import { MeasuredRun, MeasuredScenario } from './run.ts'
import { Trial } from './trial.ts'

export const journalName = 'run.jsonl'

/** What is known of a run before its scenarios. */
export const RunHead = MeasuredRun.omit({ scenarios: true })
export type RunHead = z.infer<typeof RunHead>

export const JournalLine = z.union([
  z.strictObject({ run: RunHead }),
  z.strictObject({ scenario: MeasuredScenario }),
  z.strictObject({ slug: z.string(), trial: Trial }),
])
export type JournalLine = z.infer<typeof JournalLine>

// run.jsonl: the journal of a run. Each line adds a result; for a scenario the last line counts. A finished run has no journal.
import * as z from 'zod'
import { MeasuredRun, MeasuredScenario } from './run.ts'
import { Trial } from './trial.ts'

export const journalName = 'run.jsonl'

/** Facts of a run before its scenarios. */
export const RunHead = MeasuredRun.omit({ scenarios: true })
export type RunHead = z.infer<typeof RunHead>

/** The request, which is needed to resume an interrupted run. */
export const RunPlan = z.strictObject({
  scenarios: z.array(z.strictObject({ folder: z.string().describe('absolute'), arms: z.array(z.string()) })),
  blocks: z.nullable(z.int()).describe('null: as many as each scenario says'),
  episodes: z.int().optional().describe('absent: as many as each scenario says, or as `blocks`'),
  untilSettled: z.boolean(),
  skipUnfit: z.boolean(),
})
export type RunPlan = z.infer<typeof RunPlan>

export const JournalLine = z.union([
  z.strictObject({ run: RunHead, plan: RunPlan }),
  z.strictObject({ scenario: MeasuredScenario }),
  z.strictObject({ slug: z.string(), trial: Trial }),
])
export type JournalLine = z.infer<typeof JournalLine>

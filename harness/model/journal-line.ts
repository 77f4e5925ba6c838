// run.jsonl: what a run has measured so far. Each line adds to what is known; of a scenario the last one counts. A finished run has none.
import * as z from 'zod'
import { MeasuredRun, MeasuredScenario } from './run.ts'
import { Trial } from './trial.ts'

export const journalName = 'run.jsonl'

/** What is known of a run before its scenarios. */
export const RunHead = MeasuredRun.omit({ scenarios: true })
export type RunHead = z.infer<typeof RunHead>

/** What was asked for: what it takes to go on with a run that was cut off. */
export const RunPlan = z.strictObject({
  scenarios: z.array(z.strictObject({ folder: z.string().describe('absolute'), arms: z.array(z.string()) })),
  blocks: z.nullable(z.int()).describe('null: as many as each scenario says'),
  skipUnfit: z.boolean(),
})
export type RunPlan = z.infer<typeof RunPlan>

export const JournalLine = z.union([
  z.strictObject({ run: RunHead, plan: RunPlan }),
  z.strictObject({ scenario: MeasuredScenario }),
  z.strictObject({ slug: z.string(), trial: Trial }),
])
export type JournalLine = z.infer<typeof JournalLine>

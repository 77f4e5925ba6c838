// Output of `lab trend --json`, also published as JSON Schema.
import * as z from 'zod'
import { Verdict } from '../model/verdict.ts'
import { Acknowledged } from './acknowledged.ts'

const run = z.int().describe('its place in `runs`, from 0')

const MetricTrend = z
  .strictObject({
    scenario: z.string(),
    arm: z.string(),
    metric: z.string(),
    better: z.enum(['lower', 'higher']),
    points: z
      .array(
        z.strictObject({
          run,
          ratio: z.number().describe("the arm's value over control's in the same block, the median over the blocks"),
        }),
      )
      .describe('of each run that measured it in three blocks at least'),
    changes: z
      .array(
        z.strictObject({
          run: run.describe('the first run of the new level, as a place in `runs`'),
          answer: z.enum(['worse', 'better']),
          ratio: z.number().describe('the new level over the one before: geometric means of their runs'),
          p: z
            .number()
            .describe(
              "of Student's two-sample t-test between the two levels; it is at most 0.025 over the number of series and of points in this one",
            ),
          acknowledged: Acknowledged,
        }),
      )
      .describe('in order (E-divisive means with a t-test, as in Hunter)'),
  })
  .describe("a metric of an arm as a multiple of control's, from run to run; of those with six runs at least")
export type MetricTrend = z.infer<typeof MetricTrend>

const VerdictTrend = z
  .strictObject({
    scenario: z.string(),
    arm: z.string(),
    changes: z
      .array(z.strictObject({ run, verdict: Verdict, asExpected: z.boolean(), acknowledged: Acknowledged }))
      .describe('the first verdict, and each one that differs from the one before; skips inconclusive runs'),
  })
  .describe('an arm whose verdict changed')
export type VerdictTrend = z.infer<typeof VerdictTrend>

export const RunTrend = z.strictObject({
  schemaVersion: z.literal(1),
  runs: z
    .array(
      z.strictObject({
        startedAt: z.iso.datetime(),
        seed: z.int(),
        mode: z.enum(['quick', 'full']),
        lab: z.string(),
        kubernetes: z.string(),
      }),
    )
    .describe('oldest first'),
  cutOff: z.int().describe('interrupted runs, which are omitted'),
  metrics: z.array(MetricTrend),
  verdicts: z.array(VerdictTrend),
})
export type RunTrend = z.infer<typeof RunTrend>

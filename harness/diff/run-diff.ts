// What `lab diff --json` prints: it describes itself, and is published as JSON Schema.
import * as z from 'zod'
import { Verdict } from '../model/verdict.ts'

const About = z.strictObject({ startedAt: z.iso.datetime(), seed: z.int(), mode: z.enum(['quick', 'full']) })
export type About = z.infer<typeof About>

const Difference = z
  .strictObject({
    what: z.string(),
    older: z.nullable(z.string()).describe('null: there is none'),
    newer: z.nullable(z.string()),
  })
  .describe('of the environment')
export type Difference = z.infer<typeof Difference>

const MetricMove = z
  .strictObject({
    metric: z.string(),
    answer: z.enum(['worse', 'better', 'within-noise']),
    older: z.number().describe("the arm's value over control's in the same block: the median over the blocks"),
    newer: z.number(),
    ratio: z.number().describe('`newer` over `older`: Hodges-Lehmann estimate'),
    interval: z
      .nullable(z.strictObject({ low: z.number(), high: z.number(), level: z.number() }))
      .describe('of `ratio`, exact; null: fewer than four blocks in a run'),
    counts: z.number().describe('the smallest ratio, up or down, that counts here'),
    blocks: z.tuple([z.int(), z.int()]).describe('of the older run, and of the newer'),
  })
  .describe("a metric of an arm as a multiple of control's, in two runs")
export type MetricMove = z.infer<typeof MetricMove>

const ArmDiff = z.strictObject({
  name: z.string(),
  verdict: z.strictObject({
    older: Verdict,
    newer: Verdict,
    change: z
      .enum(['same', 'regressed', 'recovered', 'unclear', 'other'])
      .describe(
        'regressed: as expected before, and not any more; recovered: the other way; unclear: inconclusive in either; other: never as expected',
      ),
    reason: z.string().describe("the newer run's, in a sentence"),
  }),
  metrics: z.array(MetricMove).describe('of steady load; of episodes there are none'),
})
export type ArmDiff = z.infer<typeof ArmDiff>

const ScenarioDiff = z.strictObject({
  slug: z.string(),
  content: z.array(z.string()).describe('what of the scenario itself differs, in words or as files'),
  arms: z.array(ArmDiff).describe('that both runs have'),
  wordings: z
    .strictObject({ older: z.array(z.string()), newer: z.array(z.string()) })
    .describe('what components of Kubernetes said in one run alone, in any of the arms that both have'),
  unmatched: z.strictObject({ older: z.array(z.string()), newer: z.array(z.string()) }).describe('arms that only this run has'),
})
export type ScenarioDiff = z.infer<typeof ScenarioDiff>

export const RunDiff = z.strictObject({
  schemaVersion: z.literal(1),
  answer: z
    .enum(['nothing', 'regressed', 'unclear'])
    .describe('nothing: nothing beyond noise got worse; unclear: there is no answer'),
  older: About,
  newer: About,
  environment: z.array(Difference),
  scenarios: z.array(ScenarioDiff).describe('that both runs have'),
  unmatched: z
    .array(z.strictObject({ slug: z.string(), why: z.string() }))
    .describe('scenarios that were measured in one run alone, and what became of them in the other'),
})
export type RunDiff = z.infer<typeof RunDiff>

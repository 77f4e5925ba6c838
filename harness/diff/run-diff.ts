// Output of `lab diff --json`, also published as JSON Schema.
import * as z from 'zod'
import { Verdict } from '../model/verdict.ts'
import { Acknowledged, Acknowledgement } from './acknowledged.ts'

const AcknowledgementState = z
  .enum(['holds', 'ended', 'unmatched'])
  .describe('holds: it covers a deterioration; ended: the deterioration counts again; unmatched: nothing that it names is worse')

const About = z.strictObject({
  startedAt: z.iso.datetime(),
  finishedAt: z.nullable(z.iso.datetime()).describe('null: cut off'),
  seed: z.int(),
  mode: z.enum(['quick', 'full']),
  kubernetes: z.string().describe('the version, such as v1.34.4'),
  platform: z.string().describe('the name'),
})
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
    unit: z
      .nullable(z.string())
      .describe("of `older` and `newer`; null: they are multiples of control's, as between runs of different days"),
    answer: z
      .enum(['worse', 'better', 'worse-below-limit', 'better-below-limit', 'within-noise', 'not-judged'])
      .describe(
        'worse, better: `interval` leaves out 1, and `ratio` is at least as far from 1 as the limit; below-limit: also beyond the noise, but nearer to 1; not-judged: fewer than three older runs measured it, so how far runs of different days are apart is unknown; or, paired, too few blocks',
      ),
    acknowledged: Acknowledged,
    runs: z.int().describe('older runs that have the metric, with three blocks each at least'),
    older: z
      .number()
      .describe(
        "the arm's value over control's in the same block, the median over the blocks; the geometric mean over the older runs; paired: the arm's own value, the median over the blocks",
      ),
    newer: z.number(),
    ratio: z.number().describe('`newer` over `older`; paired: Hodges-Lehmann estimate over the blocks'),
    interval: z
      .nullable(z.strictObject({ low: z.number(), high: z.number(), level: z.number() }))
      .describe(
        'of `ratio`: as wide as the prediction interval for one more run (t · s · √(1 + 1/n) of the logarithms), with s pooled over the arms that have the metric; level: 1 − 0.05 ÷ the number of judged metrics; paired: exact, for this metric alone; null: not judged',
      ),
    pValue: z
      .nullable(z.number())
      .describe(
        'paired: probability that, if nothing differed, any metric of the comparison would be as far from 1 (signs of whole blocks flipped); null: not paired',
      ),
    detectable: z
      .nullable(z.number())
      .describe('the ratio, up or down, that is called worse or better in nine of ten cases; null: not judged'),
    blocks: z.tuple([z.int(), z.int()]).describe('of the newest older run that has the metric, and of the newer'),
  })
  .describe('a metric of an arm, in the older runs and in the newer one')
export type MetricMove = z.infer<typeof MetricMove>

const ArmDiff = z.strictObject({
  name: z.string(),
  verdict: z.strictObject({
    history: z.array(Verdict).describe('in the older runs that have the arm, oldest first'),
    older: Verdict.describe('in the newest older run that has an answer for the arm; inconclusive: none has'),
    newer: Verdict,
    change: z
      .enum(['same', 'regressed', 'recovered', 'unclear', 'other'])
      .describe(
        'regressed: as expected before, and no longer, in no episode; recovered: the reverse; unclear: inconclusive in `older` or `newer`, or no longer as expected while the older runs disagree; other: never as expected',
      ),
    reason: z.string().describe("the newer run's, in a sentence"),
    acknowledged: Acknowledged,
  }),
  metrics: z.array(MetricMove).describe('of steady load; of episodes there are none'),
})
export type ArmDiff = z.infer<typeof ArmDiff>

const ScenarioDiff = z.strictObject({
  slug: z.string(),
  content: z.array(z.string()).describe('differences of the scenario itself, in words or as files'),
  arms: z.array(ArmDiff).describe('that the newer run and an older one have'),
  wordings: z
    .strictObject({ older: z.array(z.string()), newer: z.array(z.string()) })
    .describe(
      'messages of Kubernetes components in every older run but not in the newer, or only in the newer, in arms that both have',
    ),
  unmatched: z
    .strictObject({ older: z.array(z.string()), newer: z.array(z.string()) })
    .describe('arms that only older runs of the scenario have, or the newer alone'),
})
export type ScenarioDiff = z.infer<typeof ScenarioDiff>

const Lost = z
  .strictObject({
    scenario: z.string(),
    arm: z.nullable(z.string()).describe('null: the whole scenario'),
    metric: z.nullable(z.string()).describe('null: the whole arm, or scenario'),
    why: z.string(),
  })
  .describe('that an older run measured and the newer run did not')
export type Lost = z.infer<typeof Lost>

export const RunDiff = z.strictObject({
  schemaVersion: z.literal(2),
  answer: z
    .enum(['nothing', 'regressed', 'unclear'])
    .describe(
      'nothing: nothing unacknowledged got worse beyond noise by the limit; unclear: inconclusive, a metric is not judged, or something is lost and `allowMissing` is false',
    ),
  paired: z
    .boolean()
    .describe(
      'whether the two runs are the sides of one comparison, whose blocks alternated: metrics are then compared block by block',
    ),
  limit: z.number().describe('the ratio from which a deterioration of a metric is a regression, such as 1.3'),
  lost: z.array(Lost),
  allowMissing: z.boolean().describe('whether the comparison has an answer although something is lost'),
  cautions: z
    .array(z.string())
    .describe(
      'why a difference may have another cause than the change under test: runs omitted, swapped, of another commit of the lab, or of another machine',
    ),
  history: z.array(About).describe('older runs that are compared, oldest first: those of the mode of the newer run'),
  older: About.describe('the newest of them'),
  newer: About,
  environment: z.array(Difference).describe('from the newest older run to the newer'),
  scenarios: z.array(ScenarioDiff).describe('that the newer run and an older one have'),
  acknowledged: z
    .array(z.strictObject({ ...Acknowledgement.shape, state: AcknowledgementState }))
    .describe('what the file of acknowledgements says, as of when the newer run began'),
  unmatched: z
    .array(z.strictObject({ slug: z.string(), why: z.string() }))
    .describe('scenarios that only the newer or only the older runs measured, and why the others lack them'),
})
export type RunDiff = z.infer<typeof RunDiff>

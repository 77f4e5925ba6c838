// run.json: the result of a run. Self-describing: measurements and judgement can be read without other files.
import * as z from 'zod'
import { BusyHost } from './busy-host.ts'
import { Design } from './design.ts'
import { Environment } from './environment.ts'
import { MetricDefinition } from './metric.ts'
import { Phase } from './phase.ts'
import { Expectations, Rule } from './rule.ts'
import { Trial, TrialLimits } from './trial.ts'
import { ArmKind } from './arm-kind.ts'
import { Verdict } from './verdict.ts'

const Interval = z.strictObject({ low: z.number(), high: z.number(), level: z.number().describe('confidence, such as 0.95') })

const Metric = z.strictObject({
  value: z.number(),
  unit: z.string(),
  n: z.int().describe('number of observations: requests for latencies and shares, trials otherwise'),
  blocks: z
    .array(z.strictObject({ block: z.int(), value: z.number() }))
    .describe('the value of each valid trial, and the block it was in; `value` combines them'),
  combined: z.enum(['median', 'sum']).describe('how `value` follows from `blocks`'),
  interval: z.nullable(Interval).describe('BCa block bootstrap of the median; null: a sum, or too few blocks'),
})
export type Metric = z.infer<typeof Metric>

const Comparison = z
  .strictObject({
    metric: z.string(),
    with: z.enum(['control', 'incident']),
    answer: z.enum(['improved', 'regressed', 'equivalent', 'inconclusive']),
    ratio: z.number().describe("the arm's value over the other's: Hodges-Lehmann estimate over the blocks"),
    interval: z.nullable(Interval).describe('of the ratio, exact, for this comparison alone; null: fewer than 6 blocks'),
    p: z
      .nullable(z.number())
      .optional()
      .describe(
        'exact p-value of no difference, adjusted for all comparisons of the run (Holm); null: too few blocks for it, so every block had to agree; absent in older runs',
      ),
    n: z.int().describe('blocks compared'),
    furtherBlocks: z.nullable(z.int()).optional().describe('only in older runs; not reliable'),
  })
  .describe('a comparison with another arm, paired by block')
export type Comparison = z.infer<typeof Comparison>

const Prediction = z.strictObject({ metric: z.string(), predicted: z.number() })
export type Prediction = z.infer<typeof Prediction>

const Outcome = z
  .strictObject({ k: z.int(), n: z.int(), interval: Interval.describe('of the share, Clopper-Pearson') })
  .describe('of an arm of episodes: k of its n valid episodes had this verdict')

const CheckedRule = z
  .strictObject({
    of: z.string().describe('its list of rules: fixed, mitigated and so on'),
    rule: Rule,
    state: z.enum(['holds', 'fails', 'unsettled', 'missing']),
    value: z.nullable(z.number()).describe('the measured value, over all blocks; null: none'),
    bound: z.nullable(z.number()).describe('the easiest of its bounds, over all blocks; null: its reference was not measured'),
    furtherBlocks: z
      .nullable(z.int())
      .describe('of an unsettled one: how many more blocks would settle it; null: it is settled, or would need too many'),
    at: z
      .nullable(z.strictObject({ block: z.int(), value: z.number(), bound: z.number() }))
      .optional()
      .describe(
        'if blocks decide: the block that the sentence names, nearest to failing, or for a failing rule nearest to holding',
      ),
    blocks: z
      .strictObject({ inside: z.int(), all: z.int() })
      .optional()
      .describe('if blocks decide: in how many of them the value is inside the bound'),
    noise: z
      .nullable(z.strictObject({ size: z.number(), as: z.enum(['log-ratio', 'difference']) }))
      .optional()
      .describe('the A/A spread of its metric: as the median |ln ratio| of two trials of control, or as their difference'),
    because: z
      .nullable(
        z.enum([
          'no-reply',
          'no-common-block',
          'too-few-blocks',
          'noise-unknown',
          'within-noise',
          'difference-within-noise',
          'blocks-differ',
          'busy-host',
        ]),
      )
      .optional()
      .describe('the reason for this state, if other than the bound; null or absent: none'),
    isCutOff: z
      .literal(true)
      .optional()
      .describe('of a time in an episode: the end of the episode truncated it, so the value is a lower bound'),
    gap: z
      .nullable(
        z.strictObject({
          arm: z.nullable(z.enum(['control', 'incident'])).describe('null: the judged arm'),
          metric: z.string(),
          lacking: z.int(),
          trials: z.int(),
        }),
      )
      .optional()
      .describe('of a rule that is missing, or failed without a reply: how many valid trials lack which metric'),
  })
  .describe('a checked rule')
export type CheckedRule = z.infer<typeof CheckedRule>

const Decision = z.strictObject({
  trial: z
    .nullable(z.int())
    .describe('of episodes, each of which is judged by itself: its place in the order; null: all trials together'),
  verdict: Verdict,
  level: z
    .number()
    .optional()
    .describe('two-sided level of each rule that blocks decide by an exact interval; absent for episodes and in older runs'),
  rules: z.array(CheckedRule).describe('the checked rules, in this order; empty: too few valid trials'),
})
export type Decision = z.infer<typeof Decision>

const MeasuredArm = z.strictObject({
  name: z.string(),
  kind: ArmKind,
  summary: z.string(),
  expected: Verdict,
  costs: z.array(z.string()),
  costAgainst: z.nullable(z.string()).describe('the reference arm of its latency cost, if measured; null: control'),
  differences: z
    .array(
      z.strictObject({
        file: z.string(),
        appliedAt: z.enum(['deploy', 'connected', 'loaded']),
        text: z.string().describe('content of the file; bash for a script under load'),
      }),
    )
    .describe('differences of the arm, as in its files'),
})
export type MeasuredArm = z.infer<typeof MeasuredArm>

const ArmRun = z.strictObject({
  ...MeasuredArm.shape,
  verdict: Verdict,
  asExpected: z.boolean(),
  reason: z.string().describe('the verdict in a sentence, with its numbers'),
  because: z
    .literal('busy-host')
    .optional()
    .describe(
      'of an inconclusive arm: other work of the host spoiled too many of its trials, or of those that it is compared with; absent: other reasons',
    ),
  decisions: z.array(Decision).describe('the rules behind the verdict'),
  outcome: z.nullable(Outcome),
  proof: z.array(z.string()),
  metrics: z.record(z.string(), Metric),
  comparisons: z.array(Comparison),
  predictions: z.array(Prediction),
})
export type ArmRun = z.infer<typeof ArmRun>

const SmallNode = z.strictObject({
  name: z.string(),
  how: z.string().describe('how the node was made small, in words'),
  capacity: z.record(z.string(), z.string()).describe('as the kubelet then reported it'),
})
export type SmallNode = z.infer<typeof SmallNode>

/** Label of a step that is an arm's own trigger. */
export const ownTrigger = 'its own trigger'

const EpisodeMethod = z.strictObject({
  trigger: z.strictObject({ file: z.string(), text: z.string() }),
  steps: z
    .array(
      z.strictObject({
        arm: z.nullable(z.string()),
        when: z.string(),
        what: z.string(),
        file: z.nullable(z.string()).optional(),
        text: z.nullable(z.string()).describe('content of the file; bash for a script'),
      }),
    )
    .describe('the other steps, in words; arm null: in every arm but control'),
  until: z.array(z.string()).describe('what ends an episode before its deadline, in words'),
  nodes: z.array(SmallNode),
  kubelet: z.record(z.string(), z.string()).describe('overrides of kubelet settings, the same in every arm'),
})
export type EpisodeMethod = z.infer<typeof EpisodeMethod>

export const MeasuredScenario = z.strictObject({
  slug: z.string(),
  folder: z
    .string()
    .optional()
    .describe(
      'path of a scenario outside the catalogue: relative to the folder of the lab if inside it, else absolute; unknown for older runs',
    ),
  title: z.string(),
  story: z.string(),
  sources: z.array(z.string()),
  headline: z
    .nullable(z.string())
    .describe('headline if reproduced, with metrics of the incident in braces, or of control with the prefix `control.`'),
  complete: z.boolean().describe('false: the run was cut off'),
  method: z.strictObject({
    blocks: z.int(),
    warmup: z.string(),
    window: z.string(),
    rateRps: z.number(),
    capacityRps: z
      .nullable(z.number())
      .describe('rate that the incident arm sustained in calibration, if the load is a share of it'),
    limits: TrialLimits,
    expect: Expectations,
    model: z.nullable(z.string()).describe('model whose predictions are compared with measurements'),
    episode: z
      .nullable(EpisodeMethod)
      .describe('of episodes: blocks counts them, warmup is before the trigger, window the deadline after it; null: steady load'),
  }),
  design: Design.optional().describe('absent in older runs, and in a check of a workshop'),
  metrics: z.record(z.string(), MetricDefinition).describe('every metric that a trial can have, by name'),
  manifests: z.array(z.strictObject({ file: z.string(), text: z.string() })).describe('the incident arm, as in its files'),
  arms: z.array(MeasuredArm),
  trials: z.array(Trial),
})
/** Measurements of a scenario, without judgement. */
export type MeasuredScenario = z.infer<typeof MeasuredScenario>

const ScenarioRun = z.strictObject({
  ...MeasuredScenario.shape,
  verdict: Verdict.describe("the incident arm's verdict"),
  reason: z.string(),
  arms: z.array(ArmRun),
  spread: z
    .record(
      z.string(),
      z.strictObject({
        value: z.number(),
        unit: z.string(),
        ratio: z.nullable(z.number()).describe('the median |ln ratio| of the two; null: not all values were above 0'),
        n: z.int(),
      }),
    )
    .describe('A/A: by metric, the difference between two trials of control in one block, median over n blocks'),
  prediction: z
    .nullable(
      z.strictObject({
        model: z.string(),
        about: z.string(),
        from: z.array(
          z.strictObject({
            name: z.string(),
            label: z.string(),
            unit: z.string(),
            decimals: z.int().optional(),
            value: z.number(),
          }),
        ),
      }),
    )
    .describe('the model and its inputs; null: there is none, or control was not measured'),
})
export type ScenarioRun = z.infer<typeof ScenarioRun>

const about = {
  schemaVersion: z.literal(5),
  seed: z.int(),
  mode: z.enum(['quick', 'full']),
  startedAt: z.iso.datetime(),
  finishedAt: z.nullable(z.iso.datetime()).describe('null: the run was cut off'),
  environment: Environment,
  comparison: z
    .strictObject({ id: z.string(), side: z.enum(['base', 'change']) })
    .optional()
    .describe('the comparison that this run is a side of: the other one has the same id; absent: none'),
  skipped: z
    .array(z.strictObject({ slug: z.string(), title: z.string(), reason: z.string() }))
    .describe('scenarios that this cluster cannot run; never a pass'),
  phases: z.array(Phase).describe('where the time went'),
}

/** Measurements of a run. */
export const MeasuredRun = z.strictObject({ ...about, scenarios: z.array(MeasuredScenario) })
export type MeasuredRun = z.infer<typeof MeasuredRun>

/** A measured and judged run. */
export const Run = z.strictObject({
  ...about,
  scenarios: z.array(ScenarioRun),
  busy: BusyHost.optional().describe('absent: other work of the host took no verdict'),
})
export type Run = z.infer<typeof Run>

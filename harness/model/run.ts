// run.json: what a run leaves behind. It describes itself: what was measured, and what was judged of it, need nothing else to be read.
import * as z from 'zod'
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
  n: z.int().describe('observations the value rests on: requests for latencies and shares, trials otherwise'),
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
    interval: z.nullable(Interval).describe('of the ratio, exact; null: fewer than 6 blocks'),
    n: z.int().describe('blocks compared'),
    furtherBlocks: z.nullable(z.int()).optional().describe('of older runs alone, which promised what could not be known'),
  })
  .describe('what the measurement says of a difference, block against block')
export type Comparison = z.infer<typeof Comparison>

const Prediction = z.strictObject({ metric: z.string(), predicted: z.number() })
export type Prediction = z.infer<typeof Prediction>

const Outcome = z
  .strictObject({ k: z.int(), n: z.int(), interval: Interval.describe('of the share, Clopper-Pearson') })
  .describe('of an arm of episodes: k of its n valid episodes had this verdict')

const CheckedRule = z
  .strictObject({
    of: z.string().describe('the list of rules it is in: fixed, mitigated and so on'),
    rule: Rule,
    state: z.enum(['holds', 'fails', 'unsettled', 'missing']),
    value: z.nullable(z.number()).describe('what was measured, over all blocks; null: nothing'),
    bound: z
      .nullable(z.number())
      .describe('the easiest of its bounds, over all blocks; null: what it refers to was not measured'),
    furtherBlocks: z
      .nullable(z.int())
      .describe('of an unsettled one: how many more blocks would settle it; null: it is settled, or no sensible number would'),
    at: z
      .nullable(z.strictObject({ block: z.int(), value: z.number(), bound: z.number() }))
      .optional()
      .describe(
        'where blocks decide: the one that a sentence names, nearest to failing, or of a rule that fails nearest to holding',
      ),
    blocks: z
      .strictObject({ inside: z.int(), all: z.int() })
      .optional()
      .describe('where blocks decide: in how many of them the value is inside the bound'),
    noise: z
      .nullable(z.strictObject({ size: z.number(), as: z.enum(['log-ratio', 'difference']) }))
      .optional()
      .describe('the A/A spread of its metric: as the median |ln ratio| of two trials of control, or as their difference'),
    because: z
      .nullable(
        z.enum(['no-reply', 'no-common-block', 'noise-unknown', 'within-noise', 'difference-within-noise', 'blocks-differ']),
      )
      .optional()
      .describe('what else than the bound it came to this state by; null or absent: nothing'),
    isCutOff: z
      .literal(true)
      .optional()
      .describe('of a time in an episode: the end of the episode cut it off, and the value is a lower bound'),
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
      .describe('of what is missing, or failed without a reply: how many of the valid trials lack which metric'),
  })
  .describe('a rule, and what came of it')
export type CheckedRule = z.infer<typeof CheckedRule>

const Decision = z.strictObject({
  trial: z
    .nullable(z.int())
    .describe('of episodes, each of which is judged by itself: its place in the order; null: all trials together'),
  verdict: Verdict,
  rules: z.array(CheckedRule).describe('those that were looked at, in this order; none: there were too few valid trials'),
})
export type Decision = z.infer<typeof Decision>

const MeasuredArm = z.strictObject({
  name: z.string(),
  kind: ArmKind,
  summary: z.string(),
  expected: Verdict,
  costs: z.array(z.string()),
  costAgainst: z
    .nullable(z.string())
    .describe('the arm its latency is compared with for the cost, where that was measured; null: control'),
  differences: z
    .array(
      z.strictObject({
        file: z.string(),
        appliedAt: z.enum(['deploy', 'connected', 'loaded']),
        text: z.string().describe('what the file says; of one that is run under load, bash'),
      }),
    )
    .describe('what the arm changes of the manifests, as in its files'),
})
export type MeasuredArm = z.infer<typeof MeasuredArm>

const ArmRun = z.strictObject({
  ...MeasuredArm.shape,
  verdict: Verdict,
  asExpected: z.boolean(),
  reason: z.string().describe('the verdict in a sentence, with the numbers it rests on'),
  decisions: z.array(Decision).describe('which rules the verdict rests on'),
  outcome: z.nullable(Outcome),
  proof: z.array(z.string()),
  metrics: z.record(z.string(), Metric),
  comparisons: z.array(Comparison),
  predictions: z.array(Prediction),
})
export type ArmRun = z.infer<typeof ArmRun>

const SmallNode = z.strictObject({
  name: z.string(),
  how: z.string().describe('what made the node small, in words'),
  capacity: z.record(z.string(), z.string()).describe('what the kubelet then told the API server'),
})
export type SmallNode = z.infer<typeof SmallNode>

/** What is said of a step that is an arm's own trigger, in place of that of the others. */
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
        text: z.nullable(z.string()).describe('what the file says; of a script, bash'),
      }),
    )
    .describe('what else happens, in words; arm null: in every arm but control'),
  until: z.array(z.string()).describe('what ends an episode before its deadline, in words'),
  nodes: z.array(SmallNode),
  kubelet: z
    .record(z.string(), z.string())
    .describe("settings of the kubelet that are not the cluster's own, in every arm alike"),
})
export type EpisodeMethod = z.infer<typeof EpisodeMethod>

export const MeasuredScenario = z.strictObject({
  slug: z.string(),
  folder: z
    .string()
    .optional()
    .describe(
      'where the scenario was, of one that is none of the lab: a path from the folder of the lab where it is in it, else an absolute one; not known of older runs',
    ),
  title: z.string(),
  story: z.string(),
  sources: z.array(z.string()),
  headline: z
    .nullable(z.string())
    .describe('what happened, once it is reproduced, with metrics of the incident in braces, or `control.` and one of control'),
  complete: z.boolean().describe('false: the run was cut off'),
  method: z.strictObject({
    blocks: z.int(),
    warmup: z.string(),
    window: z.string(),
    rateRps: z.number(),
    capacityRps: z
      .nullable(z.number())
      .describe('what the incident arm sustained in calibration, where the rate is a share of it'),
    limits: TrialLimits,
    expect: Expectations,
    model: z.nullable(z.string()).describe('whose predictions are compared with what is measured'),
    episode: z
      .nullable(EpisodeMethod)
      .describe('of episodes: blocks counts them, warmup is before the trigger, window the deadline after it; null: steady load'),
  }),
  metrics: z.record(z.string(), MetricDefinition).describe('every metric that a trial can have, by name'),
  manifests: z.array(z.strictObject({ file: z.string(), text: z.string() })).describe('the incident arm, as in its files'),
  arms: z.array(MeasuredArm),
  trials: z.array(Trial),
})
/** What measuring yields of a scenario: no judgement. */
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
    .describe('the model, and what it was told; null: there is none, or control was not measured'),
})
export type ScenarioRun = z.infer<typeof ScenarioRun>

const Environment = z.strictObject({
  labVersion: z.string(),
  labCommit: z
    .string()
    .optional()
    .describe(
      'of the repository the lab ran from, with -dirty where its files were changed; not known outside one, and of older runs',
    ),
  provider: z.string(),
  shape: z.string(),
  kubernetes: z.string(),
  nodes: z.array(
    z.strictObject({
      name: z.string(),
      kernel: z.string(),
      os: z.string(),
      containerRuntime: z.string(),
      kubelet: z.string(),
      cpus: z.number(),
      memoryBytes: z.number(),
    }),
  ),
  images: z.array(z.strictObject({ name: z.string(), from: z.string().describe('where the image came from') })),
  host: z.strictObject({
    cpus: z.int(),
    cpuModel: z.string(),
    memoryBytes: z.number(),
    kernel: z.string(),
    os: z.string().optional().describe('the system that the Docker engine runs on, as it says it; not known of older runs'),
    cgroup: z.enum(['v1', 'v2']),
  }),
  dockerEngine: z.string(),
  node: z.string().describe('Node.js version of the harness'),
})
export type Environment = z.infer<typeof Environment>

const about = {
  schemaVersion: z.literal(4),
  seed: z.int(),
  mode: z.enum(['quick', 'full']),
  startedAt: z.iso.datetime(),
  finishedAt: z.nullable(z.iso.datetime()).describe('null: the run was cut off'),
  environment: Environment,
  skipped: z
    .array(z.strictObject({ slug: z.string(), title: z.string(), reason: z.string() }))
    .describe('scenarios that this cluster cannot show; never a pass'),
  phases: z.array(Phase).describe('where the time went'),
}

/** What measuring yields. */
export const MeasuredRun = z.strictObject({ ...about, scenarios: z.array(MeasuredScenario) })
export type MeasuredRun = z.infer<typeof MeasuredRun>

/** What was measured, and judged. */
export const Run = z.strictObject({ ...about, scenarios: z.array(ScenarioRun) })
export type Run = z.infer<typeof Run>

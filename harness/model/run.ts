// run.json: what a run leaves behind, complete enough to judge and to draw again without a cluster.
import * as z from 'zod'
import { Phase } from './phase.ts'
import { Expectations } from './rule.ts'
import { Timeline } from './timeline.ts'
import { ArmKind, Verdict } from './verdict.ts'

const Interval = z.strictObject({ low: z.number(), high: z.number(), level: z.number().describe('confidence, such as 0.95') })

const Metric = z.strictObject({
  value: z.number(),
  unit: z.string(),
  n: z.int().describe('observations the value rests on: requests for latencies and shares, trials otherwise'),
  blocks: z.array(z.number()).describe('the value of each valid trial, in block order; `value` combines them'),
  combined: z.enum(['median', 'sum']).describe('how `value` follows from `blocks`'),
  interval: z.nullable(Interval).describe('BCa block bootstrap of the median; null: a sum, or too few blocks'),
})
export type Metric = z.infer<typeof Metric>

const LoadSecond = z.strictObject({
  second: z.int(),
  pods: z.record(z.string(), z.int()).describe('replies per pod that answered'),
  failed: z.int(),
  notSent: z.int(),
  latencyUs: z.nullable(z.strictObject({ p50: z.number(), p99: z.number(), max: z.number() })),
})

const LoadResult = z.strictObject({
  intended: z.int(),
  sent: z.int(),
  notSent: z.int(),
  completed: z.int(),
  failed: z.int(),
  failures: z.record(z.string(), z.int()).describe('failed requests by status'),
  windowMs: z.number(),
  startedAt: z.iso.datetime(),
  latencyHistogram: z.string().describe('HDR histogram V2, compressed, base64; microseconds from the intended send time'),
  latencyUs: z
    .nullable(z.strictObject({ p50: z.number(), p90: z.number(), p99: z.number(), p999: z.number(), max: z.number() }))
    .describe('null: no request was answered'),
  sendLagUs: z.nullable(z.strictObject({ p50: z.number(), p99: z.number(), max: z.number() })).describe('null: none was sent'),
  eventLoopDelayUs: z.strictObject({ p99: z.number(), max: z.number() }),
  cpuUs: z.number().describe('CPU time the load client used in the window'),
  perSecond: z.array(LoadSecond),
  requests: z
    .nullable(z.array(z.tuple([z.number(), z.number()])))
    .describe('[due, latency] in ms of each answered request, due from the start of the window; null: more than 1,000 were due'),
})
export type LoadResult = z.infer<typeof LoadResult>
export { LoadResult as LoadResultSchema }

const HostUse = z
  .strictObject({
    idle: z.number(),
    steal: z.number().describe('taken by the hypervisor for others'),
    others: z.number().describe("used by processes outside the lab's cluster, the lab itself among them"),
    throttledPeriods: z.int().describe('CFS periods in which a node, or what holds this machine, was stopped by a quota'),
  })
  .describe("shares of the host's CPU time during the trial")
export type HostUse = z.infer<typeof HostUse>

/** Limits beyond which a trial measures its surroundings, not the system. */
export const TrialLimits = z.strictObject({
  sendLagP99Ms: z.number().positive(),
  /** The same where an arm changes something under load: what starts then shares its cores with the generator. */
  changeSendLagP99Ms: z.number().positive().optional(),
  achievedRateRatio: z.number().min(0).max(1),
  /** Shares of the host's CPU time, 0 to 1. */
  hostSteal: z.number().min(0).max(1).default(0.1),
  hostOthers: z.number().min(0).max(1).default(0.2),
})
export type TrialLimits = z.infer<typeof TrialLimits>

const Series = z.strictObject({
  unit: z.string(),
  points: z.array(z.tuple([z.number(), z.number()])).describe('[ms from the start of the window, value]'),
})

const Trial = z.strictObject({
  arm: z.string(),
  block: z.int(),
  again: z.boolean().describe("the block's second trial of control: against the first it shows what difference nothing makes"),
  order: z.int().describe('place in the shuffled order of the run, from 0'),
  startedAt: z.iso.datetime(),
  pods: z.array(z.string()).describe('server pods when the load began'),
  proof: z.array(z.string()).describe('what showed the fault, or its absence, before the effect was measured'),
  metrics: z.record(z.string(), z.number()),
  invalid: z.array(z.string()).describe('why the trial measures its own load rather than the system; empty: valid'),
  host: HostUse,
  series: z.record(z.string(), Series),
  load: LoadResult,
  floorMs: z
    .nullable(z.number())
    .default(null)
    .describe('what the trial takes at least: its windows, and the timers that its story waits for; null: not known'),
  node: z.nullable(z.string()).default(null).describe('of an episode: the node the arm ran on'),
  timeline: z.nullable(Timeline).default(null).describe('of an episode; null: steady load'),
})
export type Trial = z.infer<typeof Trial>

const Comparison = z
  .strictObject({
    metric: z.string(),
    with: z.enum(['control', 'incident']),
    answer: z.enum(['improved', 'regressed', 'equivalent', 'inconclusive']),
    ratio: z.number().describe("the arm's value over the other's: Hodges-Lehmann estimate over the blocks"),
    interval: z.nullable(Interval).describe('of the ratio, exact; null: fewer than 6 blocks'),
    n: z.int().describe('blocks compared'),
    furtherBlocks: z
      .nullable(z.int())
      .describe('of an inconclusive one: how many more blocks would settle it, where any number would'),
  })
  .describe('what the measurement says of a difference, block against block')
export type Comparison = z.infer<typeof Comparison>

const Prediction = z.strictObject({ metric: z.string(), predicted: z.number() })
export type Prediction = z.infer<typeof Prediction>

const Outcome = z
  .strictObject({ k: z.int(), n: z.int(), interval: Interval.describe('of the share, Clopper-Pearson') })
  .describe('of an arm of episodes: k of its n valid episodes had this verdict')

const ArmRun = z.strictObject({
  name: z.string(),
  kind: ArmKind,
  summary: z.string(),
  verdict: Verdict,
  expected: Verdict,
  asExpected: z.boolean(),
  reason: z.string().describe('the verdict in a sentence, with the numbers it rests on'),
  outcome: z.nullable(Outcome).default(null),
  proof: z.array(z.string()),
  costs: z.array(z.string()),
  costAgainst: z
    .nullable(z.string())
    .default(null)
    .describe('the arm its latency is held against, where it was measured; null: control'),
  metrics: z.record(z.string(), Metric),
  comparisons: z.array(Comparison),
  predictions: z.array(Prediction),
  differences: z
    .array(
      z.strictObject({
        file: z.string(),
        appliedAt: z.enum(['deploy', 'connected', 'loaded']),
        yaml: z.string().describe('what the file says; of one that is run under load, bash'),
      }),
    )
    .describe('what the arm changes of the manifests, as in its files'),
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
  trigger: z.strictObject({ file: z.string(), yaml: z.string() }),
  steps: z
    .array(
      z.strictObject({
        arm: z.nullable(z.string()),
        when: z.string(),
        what: z.string(),
        file: z.nullable(z.string()).optional(),
        yaml: z.nullable(z.string()).describe('what the file says; of a script, bash'),
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

const ScenarioRun = z.strictObject({
  slug: z.string(),
  title: z.string(),
  story: z.string(),
  sources: z.array(z.string()),
  verdict: Verdict.describe("the incident arm's verdict"),
  reason: z.string(),
  complete: z.boolean().describe('false: the run was cut off, and judged on the trials it had'),
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
    prediction: z
      .nullable(z.strictObject({ model: z.string(), about: z.string(), from: z.record(z.string(), z.number()) }))
      .describe('the model, and what it was told'),
    episode: z
      .nullable(EpisodeMethod)
      .default(null)
      .describe('of episodes: blocks counts them, warmup is before the trigger, window the deadline after it; null: steady load'),
  }),
  spread: z
    .record(z.string(), z.strictObject({ value: z.number(), unit: z.string(), n: z.int() }))
    .describe('A/A: by metric, the difference between two trials of control in one block, median over n blocks'),
  manifests: z.array(z.strictObject({ file: z.string(), yaml: z.string() })).describe('the incident arm, as in its files'),
  arms: z.array(ArmRun),
  trials: z.array(Trial),
})
export type ScenarioRun = z.infer<typeof ScenarioRun>

const Environment = z.strictObject({
  labVersion: z.string(),
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
    cgroup: z.enum(['v1', 'v2']),
  }),
  dockerEngine: z.string(),
  node: z.string().describe('Node.js version of the harness'),
})
export type Environment = z.infer<typeof Environment>

export const Run = z.strictObject({
  schemaVersion: z.literal(2),
  seed: z.int(),
  mode: z.enum(['quick', 'full']),
  startedAt: z.iso.datetime(),
  finishedAt: z.nullable(z.iso.datetime()).describe('null: the run was cut off'),
  environment: Environment,
  scenarios: z.array(ScenarioRun),
  skipped: z
    .array(z.strictObject({ slug: z.string(), title: z.string(), reason: z.string() }))
    .default([])
    .describe('scenarios that this cluster cannot show; never a pass'),
  phases: z.array(Phase).default([]).describe('where the time went'),
})
export type Run = z.infer<typeof Run>

// A scenario is data: one incident with everything needed to reproduce, repair and judge it.
import * as z from 'zod'
import { Duration, Moment } from './moment.ts'
import { Expectations } from './rule.ts'
import { TrialLimits } from './trial.ts'
import { LaneState } from './timeline.ts'
import { ArmKind, kindOf } from './arm-kind.ts'

export const Name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens')

/** Path of a file under one of these folders of the scenario: no `..`, and no shell metacharacters. */
const under = (folders: readonly string[], endings: readonly string[]): RegExp =>
  new RegExp(`^(${folders.join('|')})(/[\\w-][\\w.-]*)*/[\\w-][\\w.-]*\\.(${endings.join('|')})$`)

/** A file with the differences of an arm. */
const DifferenceFile = z
  .string()
  .regex(new RegExp(`${under(['remedies'], ['yaml']).source}|^control\\.yaml$`), 'control.yaml, or a .yaml file under remedies/')

/** A file with objects that are applied during an episode. */
const ObjectsFile = z
  .string()
  .regex(under(['manifests', 'triggers', 'remedies'], ['yaml']), 'a .yaml file under manifests/, triggers/ or remedies/')

/** A bash script, run as an administrator, with kubectl, jq and the arm's NAMESPACE. */
const ScriptFile = z.string().regex(under(['triggers', 'remedies'], ['sh']), 'a .sh file under triggers/ or remedies/')

/** Objects to apply, or a script to run. */
const TriggerFile = z
  .string()
  .regex(under(['triggers', 'remedies'], ['yaml', 'sh']), 'a .yaml or .sh file under triggers/ or remedies/')

/** Written literally into the kubelet's systemd unit, where quotes, backslashes, dollar and percent signs are special. */
const KubeletFlags = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/, 'the name of a flag, without its dashes'),
  z.string().regex(/^[\w.,:=<>/+@-]*$/, 'one word, of letters, digits and . , : = < > / + @ _ -'),
)

const kindsOfStep = ['apply', 'delete', 'run', 'remedy'] as const

const Done = z.strictObject({
  apply: ObjectsFile.optional(),
  /** Pods of a group (label app) that are in a state. */
  delete: z.strictObject({ pods: z.string(), are: LaneState }).optional(),
  run: ScriptFile.optional(),
  /** Arguments of the script: $1 and so on. */
  args: z.array(z.string()).optional(),
  /** A remedy of `lab remedy`, for the arm's namespace. */
  remedy: z.enum(['strip-finalizers']).optional(),
})

/** An action of the lab at a moment, once per episode. */
export const Step = z
  .strictObject({
    when: Moment,
    /** Text for the report: "delete the pending pod". One that begins with "remedy: " is a repair: recovery counts from it. */
    what: z.string(),
    ...Done.shape,
  })
  .refine((step) => kindsOfStep.filter((kind) => step[kind] !== undefined).length === 1, {
    message: `${kindsOfStep.join(', ')}: one of them`,
  })
  .refine(({ run, args }) => args === undefined || run !== undefined, { path: ['args'], message: 'only a script has arguments' })
export type Step = z.infer<typeof Step>

/** Such an arm has several possible verdicts, and must state the expected one. */
const statesItsOwn = (kind: ArmKind): boolean => kindOf(kind).expected.length > 1

const Arm = z
  .strictObject({
    kind: ArmKind,
    summary: z.string(),
    /** Part of the arm from the start. Several files are merged one after the other, so that a later one can change what an earlier one adds. */
    difference: z.union([DifferenceFile, z.array(DifferenceFile).min(2)]).optional(),
    /** Applied in each trial once the load's connection is open, and undone after it. */
    whenConnected: DifferenceFile.optional(),
    /**
     * Run in each trial this long after its window began; changes of the arm's objects are reverted after the trial. `window`: length of the window
     * of such a trial, in both modes: in a short one the change itself would dominate.
     */
    underLoad: z.strictObject({ after: Duration, run: ScriptFile, window: Duration }).optional(),
    /** Add-ons under workloads/ that the arm needs, installed for the run. */
    addOns: z.array(Name).default([]),
    /** Episodes: applied or run at 0 s instead of the common trigger; control has only its own. */
    trigger: TriggerFile.optional(),
    /** Episodes: steps of this arm besides the common ones. */
    steps: z.array(Step).default([]),
    /** Episodes: what ends this arm's episode before the deadline, instead of the common ends. */
    until: z.array(Moment).optional(),
    /** Only in a full run, or when named. */
    fullOnly: z.boolean().default(false),
    /** The expected verdict of a trade-off or a variant. */
    expected: z.enum(['harmed', 'unharmed', 'reproduced', 'not-reproduced']).optional(),
    /** What the remedy costs, in words; the figures are among the metrics. */
    costs: z.array(z.string()).default([]),
    /** Reference arm for the latency cost, if measured: it lacks only what this one adds. Default: control. */
    costAgainst: Name.optional(),
  })
  .refine(({ kind, expected }) => (statesItsOwn(kind) ? expected && kindOf(kind).expected.includes(expected) : !expected), {
    path: ['expected'],
    message:
      'only a trade-off (harmed or unharmed) and a variant (reproduced or not-reproduced) state the expected verdict; other arms must not',
  })
export type Arm = z.infer<typeof Arm>

/** The files with the differences that are part of an arm from the start, in the order in which they are merged. */
export const differenceFiles = ({ difference = [] }: Pick<Arm, 'difference'>): readonly string[] => [difference].flat()

/** How long a trial is and how often each arm gets one. */
const Pace = z.strictObject({
  blocks: z.int().min(1),
  /** Steady load, of a run until it is settled: the numbers of blocks after which arms are judged, and leave if they have a verdict. */
  looks: z.array(z.int()).optional(),
  warmup: Duration,
  window: Duration,
})
export type Pace = z.infer<typeof Pace>

const EpisodePace = z.strictObject({
  ...Pace.shape,
  /** Merged into every arm: a smaller episode for a shorter time. */
  difference: z
    .string()
    .regex(/^[a-z-]+\.yaml$/, "a .yaml file in the scenario's folder")
    .optional(),
  /** Of nodes of size small-pool: addresses they have for pods. */
  addresses: z.int().min(1).max(100).optional(),
})
export type EpisodePace = z.infer<typeof EpisodePace>

const isRepeated = ({ blocks }: Pace): boolean => blocks >= 2
const repeated = { path: ['blocks'], message: 'at least 2: a single block has no known spread' }

const isRising = ({ looks = [] }: Pace): boolean => looks.every((each, index) => each > (looks[index - 1] ?? 1))
const rising = { path: ['looks'], message: 'each has more blocks than the one before, and the first 2 at least' }

/** A rate found by calibration: a share of the maximum that the incident arm sustains under `program`. */
const ShareOfCapacity = z.strictObject({ shareOfCapacity: z.number().positive().max(1), program: z.string() })

/** Steady load from a pod of the arm. Beyond its limits a trial would measure the load, not the system. */
const SteadyTrial = z.strictObject({
  kind: z.literal('steady'),
  load: z.strictObject({
    /** Label selector of the pod that runs the load; it must match one pod of an arm. */
    pod: z.string(),
    program: z.string(),
    rateRps: z.union([z.number().positive(), ShareOfCapacity]),
  }),
  /** Label selector of the pods that answer. */
  servers: z.string(),
  full: Pace.refine(isRepeated, repeated).refine(isRising, rising),
  quick: Pace.refine(isRepeated, repeated),
  limits: TrialLimits,
})
export type SteadyTrial = z.infer<typeof SteadyTrial>

/** An episode with a beginning and an end, on its own node: a fresh namespace, a client that sends throughout, a trigger. */
const EpisodeTrial = z.strictObject({
  kind: z.literal('episode'),
  node: z.strictObject({
    /** `ordinary`: only its kubelet has other settings. */
    size: z.enum(['ordinary', 'small-memory', 'small-disk', 'small-pool']),
    /** Fields of KubeletConfiguration, the same in every arm. */
    kubelet: z.record(z.string(), z.unknown()),
    /** Flags of the kubelet that its file has no field for, without the dashes; the same in every arm. */
    kubeletFlags: KubeletFlags.default({}),
  }),
  /** The client; it must run on another node than the arm. */
  load: z.strictObject({ pod: z.string(), program: z.string(), rateRps: z.number().positive() }),
  servers: z.string(),
  /** Preconditions of the load, besides ready Deployments. */
  settled: z.array(Moment).default([]),
  /** At 0 s, in every arm except control and those with their own trigger. */
  trigger: TriggerFile,
  /** In every arm except control. */
  steps: z.array(Step).default([]),
  /** Any of these ends an episode; else the deadline does. */
  until: z.array(Moment).default([]),
  /** Minimum time from trigger to trouble, from the timers of kubelet and controllers; used for estimates. */
  onset: Duration.default('0s'),
  /** For an episode, warm-up is the time before the trigger, and window its deadline. */
  full: EpisodePace,
  quick: EpisodePace,
  limits: TrialLimits,
})
export type EpisodeTrial = z.infer<typeof EpisodeTrial>

export const Scenario = z
  .strictObject({
    slug: Name,
    title: z.string(),
    /** What people saw, in one or two sentences. */
    story: z.string(),
    /**
     * The report's headline if the incident is reproduced: metrics of the incident in braces, and of control as
     * `{control.latency_p99}`. Without it the rules that held are the headline.
     */
    headline: z.string().optional(),
    sources: z.array(z.url()),
    /** The suite it belongs to: scenarios that `lab run --suite` runs together. */
    suite: Name.optional(),
    /** File under kind-configs/, without extension. */
    shape: Name,
    /** Images besides the workload image that the manifests name. */
    images: z.array(z.string()).default([]),
    arms: z.record(Name, Arm),
    trial: z.discriminatedUnion('kind', [SteadyTrial, EpisodeTrial]),
    /** PodSecurity level of the arms' namespaces. */
    podSecurity: z.enum(['restricted', 'baseline', 'privileged']).default('restricted'),
    /** File of harness/predict/ with the model to compare with measurements. */
    predict: Name.optional(),
    /** Files below harness/probe/, by their names, each with its options. */
    probes: z.record(Name, z.record(z.string(), z.unknown())),
    expect: Expectations,
  })
  .refine(
    (scenario) =>
      Object.values(scenario.arms).filter((arm) => arm.kind === 'control').length === 1 &&
      Object.values(scenario.arms).filter((arm) => arm.kind === 'incident').length === 1,
    { path: ['arms'], message: 'exactly one arm of kind control and one of kind incident' },
  )
  .refine(
    ({ arms, trial }) =>
      Object.values(arms).every((arm) =>
        trial.kind === 'episode'
          ? arm.whenConnected === undefined && arm.underLoad === undefined
          : arm.steps.length === 0 && arm.until === undefined && arm.trigger === undefined,
      ),
    { path: ['arms'], message: 'whenConnected and underLoad are for steady load; trigger, steps and until are for episodes' },
  )
  .refine(({ arms }) => Object.values(arms).every(({ costAgainst }) => costAgainst === undefined || costAgainst in arms), {
    path: ['arms'],
    message: 'costAgainst names another arm',
  })
  .refine(
    (scenario) => scenario.expect.harmed !== undefined || !Object.values(scenario.arms).some((arm) => arm.kind === 'trade-off'),
    { path: ['expect'], message: 'a scenario with a trade-off needs rules for harmed' },
  )
  .refine(
    ({ trial }) =>
      trial.kind === 'steady' ||
      [trial.full, trial.quick].every(({ addresses }) => (trial.node.size === 'small-pool') === (addresses !== undefined)),
    { path: ['trial'], message: 'only nodes of size small-pool have addresses, and they must' },
  )
export type Scenario = z.infer<typeof Scenario>

/** A scenario and where its files are. */
export interface LoadedScenario {
  readonly scenario: Scenario
  readonly folder: string
}

/** A scenario of a run. */
export interface ChosenScenario {
  readonly loaded: LoadedScenario
  /** Names of the arms to run, control and incident among them. */
  readonly arms: readonly string[]
}

/** Name of the arm of this kind: every scenario has exactly one. */
export const armOfKind = ({ arms }: Pick<Scenario, 'arms'>, kind: 'control' | 'incident'): string =>
  Object.keys(arms).find((name) => arms[name]?.kind === kind) ?? kind

/** Gives a scenario file its type; loading validates it, and reports all problems at once. */
export const defineScenario = (scenario: z.input<typeof Scenario>): z.input<typeof Scenario> => scenario

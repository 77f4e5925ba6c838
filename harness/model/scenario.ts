// A scenario is data: one incident with everything needed to reproduce, repair and judge it.
import * as z from 'zod'
import { Expectations } from './rule.ts'
import { TrialLimits } from './run.ts'
import { ArmKind } from './verdict.ts'

const Name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens')

const Duration = z.string().regex(/^[0-9]+(ms|s|m)$/, 'a duration such as 500ms, 10s or 1m')

/** A file under the scenario's folder that holds what an arm changes of the manifests. */
const DifferenceFile = z.string().regex(/^remedies\/.*\.yaml$|^control\.yaml$/, 'control.yaml, or a file under remedies/')

export const Arm = z.strictObject({
  kind: ArmKind,
  summary: z.string(),
  /** Part of the arm from the start. */
  difference: DifferenceFile.optional(),
  /** Applied in each trial once the load's connection is open, and undone after it. */
  whenConnected: DifferenceFile.optional(),
  /** The verdict a trade-off is there to show. */
  expected: z.enum(['harmed', 'unharmed']).optional(),
  /** What the remedy costs, in words; the figures are among the metrics. */
  costs: z.array(z.string()).default([]),
})
export type Arm = z.infer<typeof Arm>

/** How long a trial is and how often each arm gets one. */
const Pace = z.strictObject({ blocks: z.int().min(2), warmup: Duration, window: Duration })
export type Pace = z.infer<typeof Pace>

/** A rate found by calibration: a share of what the incident arm sustains when `program` asks for all it can. */
const ShareOfCapacity = z.strictObject({ shareOfCapacity: z.number().positive().max(1), program: z.string() })

/** Steady load from a pod of the arm. Limits beyond which the load itself, not the system, would be measured. */
const SteadyTrial = z.strictObject({
  load: z.strictObject({
    /** Label selector of the pod that runs the load; it must match one pod of an arm. */
    pod: z.string(),
    program: z.string(),
    rateRps: z.union([z.number().positive(), ShareOfCapacity]),
  }),
  /** Label selector of the pods that answer. */
  servers: z.string(),
  full: Pace,
  quick: Pace,
  limits: TrialLimits,
})
export type SteadyTrial = z.infer<typeof SteadyTrial>

export const Scenario = z
  .strictObject({
    slug: Name,
    title: z.string(),
    /** What people saw, in one or two sentences. */
    story: z.string(),
    sources: z.array(z.url()),
    /** File under kind-configs/, without its ending. */
    shape: Name,
    /** Images besides the workload image that the manifests name. */
    images: z.array(z.string()).default([]),
    arms: z.record(Name, Arm),
    trial: SteadyTrial,
    /** File of harness/predict/ whose model is held against what is measured. */
    predict: Name.optional(),
    /** Files of harness/probe/, each with its options. */
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
    (scenario) =>
      Object.values(scenario.arms).every((arm) => (arm.kind === 'trade-off') === (arm.expected !== undefined)) &&
      (scenario.expect.harmed !== undefined || !Object.values(scenario.arms).some((arm) => arm.kind === 'trade-off')),
    { path: ['arms'], message: 'a trade-off says what is expected of it, harmed or unharmed, and the rules say what harmed is' },
  )
export type Scenario = z.infer<typeof Scenario>

/** Types a scenario file as it is written; it is checked when it is loaded, so that all its problems show at once. */
export const defineScenario = (scenario: z.input<typeof Scenario>): z.input<typeof Scenario> => scenario

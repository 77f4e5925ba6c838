// A scenario is data: one incident with everything needed to reproduce, repair and judge it.
import * as z from 'zod'
import { Expectations } from './rule.ts'
import { ArmKind } from './verdict.ts'

const Name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens')

const Duration = z.string().regex(/^[0-9]+(ms|s|m)$/, 'a duration such as 500ms, 10s or 1m')

export const Arm = z.strictObject({
  kind: ArmKind,
  summary: z.string(),
  /** The difference this arm makes to the manifests, as a file under the scenario's folder. */
  difference: z
    .string()
    .regex(/^(remedies|control)\/.*\.yaml$|^control\.yaml$/)
    .optional(),
  /** `deploy`: part of the arm from the start. `connected`: applied once the load's connection is open. */
  appliedAt: z.enum(['deploy', 'connected']).default('deploy'),
  /** What the remedy costs, in words; the figures are among the metrics. */
  costs: z.array(z.string()).default([]),
})
export type Arm = z.infer<typeof Arm>

/** How long a trial is and how often each arm gets one. */
const Pace = z.strictObject({ blocks: z.int().min(2), warmup: Duration, window: Duration })
export type Pace = z.infer<typeof Pace>

/** Steady load from a pod of the arm. Limits beyond which the load itself, not the system, would be measured. */
const SteadyTrial = z.strictObject({
  load: z.strictObject({
    /** Label selector of the pod that runs the load; it must match one pod of an arm. */
    pod: z.string(),
    program: z.string(),
    rateRps: z.number().positive(),
  }),
  /** Label selector of the pods that answer. */
  servers: z.string(),
  full: Pace,
  quick: Pace,
  limits: z.strictObject({
    sendLagP99Ms: z.number().positive(),
    achievedRateRatio: z.number().min(0).max(1),
  }),
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
export type Scenario = z.infer<typeof Scenario>

/** Types a scenario file as it is written; it is checked when it is loaded, so that all its problems show at once. */
export const defineScenario = (scenario: z.input<typeof Scenario>): z.input<typeof Scenario> => scenario

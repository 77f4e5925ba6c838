// One trial: results of its load, activity of the host, and findings of the probes.
import * as z from 'zod'
import { Timeline } from './timeline.ts'

export const LoadSecond = z.strictObject({
  second: z.int(),
  pods: z.record(z.string(), z.int()).describe('replies per pod that answered'),
  failed: z.int(),
  notSent: z.int(),
  latencyUs: z.nullable(z.strictObject({ p50: z.number(), p99: z.number(), max: z.number() })),
})
export type LoadSecond = z.infer<typeof LoadSecond>

/** Replies of all pods together. */
export const repliesOf = ({ pods }: Pick<LoadSecond, 'pods'>): number =>
  Object.values(pods).reduce((sum, replies) => sum + replies, 0)

export const LoadResult = z.strictObject({
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

export const Program = z.strictObject({
  name: z
    .string()
    .describe('its file, with a subcommand or the script that it runs, and no other argument; of a kernel thread its own name'),
  pid: z.int().describe('of the process that used most'),
  processes: z.int().min(1).describe('of this name that used CPU time'),
  share: z.number().describe("of the host's CPU time, with child processes that ended during the trial; 1 is all CPUs"),
})
export type Program = z.infer<typeof Program>

export const HostUse = z
  .strictObject({
    idle: z.number(),
    steal: z.number().describe('taken by the hypervisor for other guests'),
    others: z.number().describe("used by processes outside the lab's cluster, the lab itself among them"),
    throttledPeriods: z.int().describe('CFS periods in which a node, or what holds this machine, was stopped by a quota'),
    clockOffsetMs: z
      .number()
      .optional()
      .describe("how far the nodes' clock is ahead of the lab's, at least; absent in older runs"),
    programs: z
      .array(Program)
      .max(5)
      .optional()
      .describe(
        "the programs that used 1 % or more, largest first, without the cluster's and the lab; absent in older runs, and where the lab does not see the processes of the nodes' machine",
      ),
  })
  .describe('activity of the host during the trial: shares of its CPU time, and its clock')
export type HostUse = z.infer<typeof HostUse>

/** Limits beyond which a trial measures its surroundings, not the system. */
export const TrialLimits = z.strictObject({
  sendLagP99Ms: z.number().positive(),
  /** The same limit for arms that change something under load: starting pods share cores with the generator. */
  changeSendLagP99Ms: z.number().positive().optional(),
  achievedRateRatio: z.number().min(0).max(1),
  /** Shares of the host's CPU time, 0 to 1. */
  hostSteal: z.number().min(0).max(1).default(0.1),
  hostOthers: z.number().min(0).max(1).default(0.2),
})
export type TrialLimits = z.infer<typeof TrialLimits>

/** A host that disturbs nothing: the limits where a scenario states none, as under steady load. */
export const quietHost = TrialLimits.pick({ hostSteal: true, hostOthers: true }).parse({})

const Series = z.strictObject({
  label: z.string(),
  unit: z.string(),
  points: z.array(z.tuple([z.number(), z.number()])).describe('[ms from the start of the window, value]'),
})

export const Trial = z.strictObject({
  arm: z.string(),
  block: z.int(),
  replica: z
    .int()
    .min(0)
    .max(1)
    .describe('which deployment of the arm: 0, or 1 for the second of control, which shows the noise'),
  order: z.int().describe('place among the trials of the scenario in the order they began, from 0'),
  startedAt: z.iso.datetime(),
  pods: z.array(z.string()).describe('server pods when the load began'),
  proof: z.array(z.string()).describe('proof of the fault, or of its absence, before the effect was measured'),
  metrics: z.record(z.string(), z.number()),
  invalid: z.array(z.string()).describe('why the trial measures its own load rather than the system; empty: valid'),
  host: HostUse,
  series: z.record(z.string(), Series),
  load: LoadResult,
  floorMs: z
    .nullable(z.number())
    .describe('minimum duration of the trial: its windows, and the timers that its story waits for; null: not known'),
  node: z.nullable(z.string()).describe('of an episode: the node the arm ran on'),
  timeline: z.nullable(Timeline).describe('of an episode; null: steady load'),
})
export type Trial = z.infer<typeof Trial>

/** Whether it measured the system rather than its own load. Decided from load and host, never from the outcome. */
export const isValid = ({ invalid }: { readonly invalid: readonly string[] }): boolean => invalid.length === 0

/** A place in the design. */
interface Slot {
  readonly arm: string
  readonly block: number
  readonly replica: number
}

export const isTrialOf = (trial: Trial, { arm, block, replica }: Slot): boolean =>
  trial.arm === arm && trial.block === block && trial.replica === replica

/** Whether there is a valid trial of this slot by now; replacing a disturbed trial does not count as a retry. */
export const isMeasured = (trials: readonly Trial[], slot: Slot): boolean =>
  trials.some((trial) => isTrialOf(trial, slot) && isValid(trial))

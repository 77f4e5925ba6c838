// Events of a run, replayed or still running: the only input of the live page.
import * as z from 'zod'
import { ArmKind } from '../model/arm-kind.ts'
import { Verdict } from '../model/verdict.ts'

const about = { atMs: z.number().describe('ms since the run began') }

const ofTrial = { ...about, trial: z.string().describe('names the trial: its scenario, and its place in the order they began') }

const Arm = z.strictObject({ name: z.string(), kind: ArmKind, summary: z.string(), expected: Verdict })

export const LiveEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('run-begins'),
    ...about,
    startedAt: z.iso.datetime(),
    mode: z.enum(['quick', 'full', 'exercise']),
    kubernetes: z.string(),
    scenarios: z.array(z.strictObject({ slug: z.string(), title: z.string(), arms: z.array(Arm) })),
  }),
  z.strictObject({
    type: z.literal('trial-begins'),
    ...ofTrial,
    slug: z.string(),
    arm: z.string(),
    block: z.int().describe('from 0'),
    replica: z.int().describe('which deployment of the arm: 0, or 1 for the second of control'),
    kind: z.enum(['steady', 'episode']),
    node: z.nullable(z.string()).describe('of an episode: the node the arm runs on'),
    pods: z.array(z.string()).describe('that answer'),
    rateRps: z.number().describe('requests a second that the client sends'),
    lastsMs: z.nullable(z.number()).describe('duration, estimated if it still runs; null: until the user ends it'),
  }),
  z
    .strictObject({
      type: z.literal('second'),
      ...ofTrial,
      pods: z.record(z.string(), z.int()).describe('replies per pod that answered'),
      failed: z.int(),
      notSent: z.int(),
      latencyUs: z.nullable(z.strictObject({ p50: z.number(), p99: z.number() })).describe('null: no request was answered'),
      gauges: z
        .array(z.strictObject({ label: z.string(), unit: z.string(), value: z.number() }))
        .describe('other continuous measurements, such as the share of the second in which a pod was throttled'),
    })
    .describe('results of the client in the second that just ended'),
  z
    .strictObject({
      type: z.literal('lane'),
      ...ofTrial,
      kind: z.enum(['pod', 'node', 'service', 'value']),
      name: z.string(),
      group: z.string(),
      state: z.string(),
      text: z.string(),
    })
    .describe('a lane of an episode is in this state from now on'),
  z
    .strictObject({
      type: z.literal('event'),
      ...ofTrial,
      kind: z.string(),
      name: z.string(),
      reason: z.string(),
      message: z.string(),
    })
    .describe('an event from the API server'),
  z.strictObject({
    type: z.literal('action'),
    ...ofTrial,
    what: z.string().describe('what the lab does'),
    zero: z.boolean().describe('the trigger, or in control its place: an episode counts its time from here'),
  }),
  z.strictObject({
    type: z.literal('trial-ends'),
    ...ofTrial,
    invalid: z.array(z.string()).describe('why the trial is invalid; empty: it is valid'),
    ended: z.nullable(z.string()).describe('what ended an episode, in words'),
  }),
  z.strictObject({
    type: z.literal('verdict'),
    ...about,
    slug: z.string(),
    arm: z.string(),
    verdict: Verdict,
    asExpected: z.boolean(),
    reason: z.string(),
  }),
  z.strictObject({ type: z.literal('run-ends'), ...about, verdict: z.string().describe('of the run, in sentences') }),
])
export type LiveEvent = z.infer<typeof LiveEvent>

// The timeline of an episode: lanes of states, events of the API server, actions of the lab. Times count from the trigger.
import * as z from 'zod'

const AtMs = z.number().describe('ms from the trigger; negative before it')

/**
 * States that watches report and moments wait for. A probe's lanes can have others, shown under their own names.
 * pods: `pending` has no node, `starting` has one, `unready` was ready before, `evicted` and `failed` have ended and their object is
 * still there. nodes: the worst of what holds. services: `served` has a ready endpoint. values: `current` is what was set last.
 */
export const LaneState = z.enum([
  'pending',
  'starting',
  'ready',
  'unready',
  'terminating',
  'evicted',
  'failed',
  'succeeded',
  'gone',
  'memory-pressure',
  'disk-pressure',
  'not-ready',
  'served',
  'unserved',
  'current',
  'stale',
])
export type LaneState = z.infer<typeof LaneState>

const Lane = z
  .strictObject({
    kind: z.enum(['pod', 'node', 'service', 'value']),
    name: z.string(),
    group: z.string().describe('of a pod the label app, else the name'),
    pod: z
      .nullable(
        z.strictObject({
          node: z.nullable(z.string()),
          priority: z.int(),
          qos: z.string(),
          uid: z.string().optional(),
          restarts: z.int().optional().describe('of its containers, by the end'),
        }),
      )
      .describe('facts that decide eviction and preemption; null: no pod'),
    states: z.array(
      z.strictObject({
        atMs: AtMs,
        state: z.string().describe('a state of watches, or a probe’s own'),
        text: z.string().describe('taints, message, number of endpoints, the value'),
      }),
    ),
  })
  .describe('one pod, node, Service or value through the episode: each state lasts until the next one')
export type Lane = z.infer<typeof Lane>

const Happening = z.strictObject({
  atMs: AtMs,
  kind: z.string(),
  name: z.string(),
  reason: z.string(),
  message: z.string(),
})
export type Happening = z.infer<typeof Happening>

export const Timeline = z.strictObject({
  startedAt: z.iso.datetime().describe('when the trigger was applied, or would have been in control: 0 ms'),
  fromMs: AtMs.describe('when watching began'),
  toMs: AtMs.describe('when the episode ended'),
  ended: z.string().describe('what ended it, in words'),
  lanes: z.array(Lane),
  events: z.array(Happening).describe('events of the API server, each when it was first seen; before the trigger only warnings'),
  actions: z
    .array(z.strictObject({ atMs: AtMs, what: z.string(), printed: z.string().optional() }))
    .describe('what the lab did: trigger, steps, remedies; and what a script printed'),
  reconnects: z.int().describe('restarted watches: changes in between have the time of the restart'),
})
export type Timeline = z.infer<typeof Timeline>

// A moment in an episode, as data: a state of the cluster, and how long it has held.
import * as z from 'zod'
import { LaneState } from './timeline.ts'

export const Duration = z.string().regex(/^[0-9]+(ms|s|m)$/, 'a duration such as 500ms, 10s or 1m')

const held = { for: Duration.default('0s') }

/**
 * `after`: this long after the trigger. `pods`: at least this many pods of a group (label app), or all it ever had, are in a state, each for
 * this long, counted from the trigger at the earliest. `node`: the node the arm runs on. `service`: a Service of the arm.
 */
export const Moment = z.union([
  z.strictObject({ after: Duration }),
  z.strictObject({
    pods: z.string(),
    are: LaneState,
    atLeast: z.union([z.int().positive(), z.literal('all')]).default(1),
    ...held,
  }),
  z.strictObject({ node: LaneState, ...held }),
  z.strictObject({ service: z.string(), is: LaneState, ...held }),
])
export type Moment = z.infer<typeof Moment>

/** Milliseconds of a written duration. */
export const durationMs = (text: string): number => {
  const [, amount, unit] = /^(\d+)(ms|s|m)$/.exec(text) ?? []
  return Number(amount) * { ms: 1, s: 1000, m: 60_000 }[unit as 'ms' | 's' | 'm']
}

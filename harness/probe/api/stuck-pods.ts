// How many pods of a group hang in Terminating, for how long all of them did, and how many are left.
import * as z from 'zod'
import { at, rangesOf } from '../../timeline/time-range.ts'
import type { TimeRange } from '../../timeline/time-range.ts'
import { defineTimelineProbe } from '../kit/probe.ts'

const pods = { unit: 'pods', counts: true, combined: 'median', observation: 'trial' } as const

export const probe = defineTimelineProbe({
  /** `of`: the group. */
  options: z.strictObject({ of: z.string() }),
  metrics: ({ of }) => ({
    [`${of}_pods`]: { label: `pods of ${of}`, meaning: `pods of ${of} there were, from beginning to end`, ...pods },
    [`${of}_all_stuck_s`]: {
      label: `all of ${of} stuck`,
      brief: 'all stuck',
      meaning: `how long all pods of ${of} were in Terminating at once`,
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
    [`${of}_stuck_at_end`]: {
      label: `${of} stuck at the end`,
      brief: 'stuck at end',
      meaning: `pods of ${of} that were in Terminating at the end`,
      ...pods,
    },
  }),
  read: (timeline, _load, { of }) => {
    const lanes = timeline.lanes.filter(({ kind, group }) => kind === 'pod' && group === of)
    const stuck = lanes.flatMap((lane) => rangesOf(lane, ['terminating'], timeline))
    const all = lanes.length > 0 ? allAtOnce(stuck, lanes.length) : null
    const left = lanes.filter(({ states }) => states.at(-1)?.state === 'terminating')
    return {
      metrics: {
        [`${of}_pods`]: lanes.length,
        [`${of}_all_stuck_s`]: all ? (all[1] - all[0]) / 1000 : 0,
        [`${of}_stuck_at_end`]: left.length,
      },
      proof: [
        all
          ? `all ${lanes.length} pods of ${of} were in Terminating from ${at(all[0])} to ${at(all[1])} after the trigger; ${left.length} at the end`
          : `never were all ${lanes.length} pods of ${of} in Terminating at once; ${left.length} at the end`,
      ],
    }
  },
})

/** From the start of the last to the end of the first; null: never all at once. A pod is stuck once. */
const allAtOnce = (intervals: readonly TimeRange[], count: number): TimeRange | null => {
  if (intervals.length !== count) return null
  const [from, to] = [Math.max(...intervals.map(([start]) => start)), Math.min(...intervals.map(([, end]) => end))]
  return from < to ? [from, to] : null
}

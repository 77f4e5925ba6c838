// How long a pod of a group was there without being ready after the trigger, and how many were at the end.
import { defineTimelineProbe, rangesOf, totalSeconds, z } from '../../../harness/index.ts'

const unready: readonly string[] = ['pending', 'starting', 'unready', 'terminating', 'failed']

export const probe = defineTimelineProbe({
  /** `of`: the group (label app). */
  options: z.strictObject({ of: z.string() }),
  metrics: ({ of }) => ({
    [`${of}_unready_s`]: {
      label: `pod of ${of} not ready`,
      brief: 'not ready',
      meaning: `the longest time after the trigger that one pod of ${of} was there and not ready`,
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
    [`${of}_unready_at_end`]: {
      label: `${of} not ready at the end`,
      brief: 'not ready at end',
      meaning: `pods of ${of} that were there and not ready at the end`,
      unit: 'pods',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
  }),
  read: (timeline, _load, { of }) => {
    const own = timeline.lanes.filter(({ kind, group }) => kind === 'pod' && group === of)
    const unreadySeconds = own.map((lane) => totalSeconds(rangesOf(lane, unready, timeline)))
    const left = own.filter(({ states }) => unready.includes(states.at(-1)?.state ?? ''))
    return {
      metrics: { [`${of}_unready_s`]: Math.max(0, ...unreadySeconds), [`${of}_unready_at_end`]: left.length },
      proof: left.map(({ name, states }) => `${name} is not ready at the end: ${states.at(-1)?.text ?? ''}`),
    }
  },
})

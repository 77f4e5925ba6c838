// How many pods of a group ended after the trigger.
import { defineTimelineProbe, z } from '../../../harness/index.ts'

export const probe = defineTimelineProbe({
  /** `of`: the group (label app). */
  options: z.strictObject({ of: z.string() }),
  metrics: ({ of }) => ({
    [`${of}_ended`]: {
      label: `pods of ${of} that ended`,
      brief: 'ended',
      meaning: `pods of ${of} that began to end after the trigger`,
      unit: 'pods',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
  }),
  read: ({ lanes }, _load, { of }) => {
    const ended = lanes.filter(
      ({ kind, group, states }) =>
        kind === 'pod' && group === of && states.some(({ state, atMs }) => state === 'terminating' && atMs >= 0),
    )
    return { metrics: { [`${of}_ended`]: ended.length } }
  },
})

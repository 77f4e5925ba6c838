// How often containers of a group restarted in an episode.
import { defineTimelineProbe, z } from '../../../harness/index.ts'

export const probe = defineTimelineProbe({
  /** `of`: the group (label app). */
  options: z.strictObject({ of: z.string() }),
  metrics: ({ of }) => ({
    [`${of}_restarts`]: {
      label: `restarts of ${of}`,
      meaning: `containers of ${of} that started again`,
      unit: 'restarts',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
  }),
  read: ({ lanes }, _load, { of }) => {
    const own = lanes.filter(({ kind, group }) => kind === 'pod' && group === of)
    return { metrics: { [`${of}_restarts`]: own.reduce((sum, { pod }) => sum + (pod?.restarts ?? 0), 0) } }
  },
})

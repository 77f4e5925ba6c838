// How often, and for how long, fewer pods of a group were ready than the service needs.
import { defineTimelineProbe, rangesOf, z } from '../../../harness/index.ts'

export const probe = defineTimelineProbe({
  /** `of`: the group (label app); `needed`: pods that have to be ready. */
  options: z.strictObject({ of: z.string(), needed: z.int().positive() }),
  metrics: ({ of, needed }) => ({
    [`${of}_dips`]: {
      label: `dips of ${of}`,
      meaning: `how often fewer than ${needed} pods of ${of} were ready after the trigger`,
      unit: 'times',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    [`${of}_short_s`]: {
      label: `${of} had too few pods`,
      brief: 'too few pods',
      meaning: `how long fewer than ${needed} pods of ${of} were ready after the trigger`,
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
    [`${of}_fewest`]: {
      label: `fewest pods of ${of}`,
      meaning: `the smallest number of pods of ${of} that were ready at once after the trigger`,
      unit: 'pods',
      better: 'higher',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
  }),
  read: (timeline, _load, { of, needed }) => {
    const pods = timeline.lanes.filter(({ kind, group }) => kind === 'pod' && group === of)
    const ready = pods.flatMap((lane) => rangesOf(lane, ['ready'], timeline))
    const changes = [...new Set([0, ...ready.flat()])].filter((atMs) => atMs < timeline.toMs).toSorted((a, b) => a - b)
    const stretches = changes.map((fromMs, index) => ({
      ms: (changes[index + 1] ?? timeline.toMs) - fromMs,
      count: ready.filter(([from, to]) => from <= fromMs && fromMs < to).length,
    }))
    const isShort = (index: number): boolean => (stretches[index]?.count ?? needed) < needed
    return {
      metrics: {
        [`${of}_dips`]: stretches.filter((_, index) => isShort(index) && !isShort(index - 1)).length,
        [`${of}_short_s`]: stretches.reduce((sum, { ms }, index) => sum + (isShort(index) ? ms / 1000 : 0), 0),
        [`${of}_fewest`]: Math.min(...stretches.map(({ count }) => count)),
      },
    }
  },
})

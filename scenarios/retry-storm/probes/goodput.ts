// Which share of the client's requests was answered after a moment, and at the end.
import { callSeconds, defineTimelineProbe, z } from '../../../harness/index.ts'

const ratio = { unit: 'ratio', better: 'higher', combined: 'median', observation: 'trial' } as const

/** Those sent in the last seconds may be unanswered because the episode ended. */
const lastMs = 3000
const endMs = 10_000

export const probe = defineTimelineProbe({
  /** `afterSeconds`: from the trigger. */
  options: z.strictObject({ afterSeconds: z.number().positive() }),
  metrics: ({ afterSeconds }) => ({
    goodput_after: {
      label: 'goodput after the trigger',
      brief: 'goodput after',
      meaning: `of the requests from ${afterSeconds} s after the trigger, the share that was answered`,
      ...ratio,
    },
    goodput_at_end: {
      label: 'goodput at the end',
      meaning: 'of the requests of the last 10 s, but for 3, the share that was answered',
      ...ratio,
    },
  }),
  read: (timeline, load, { afterSeconds }) => {
    const seconds = callSeconds(timeline, load)
    const share = (fromMs: number): number => {
      const own = seconds.filter((each) => each.fromMs >= fromMs && each.toMs <= timeline.toMs - lastMs)
      const answered = own.reduce((sum, each) => sum + each.answered, 0)
      return answered / own.reduce((sum, each) => sum + each.answered + each.failed, 0)
    }
    return { metrics: { goodput_after: share(afterSeconds * 1000), goodput_at_end: share(timeline.toMs - endMs) } }
  },
})

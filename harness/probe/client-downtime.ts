// How long the client got no good reply after the trigger: downtime as it was felt, whatever the API says.
import * as z from 'zod'
import type { LoadResult } from '../model/run.ts'
import type { Timeline } from '../model/timeline.ts'
import { at, longestSeconds, totalSeconds, union } from './lane-time.ts'
import type { Interval } from './lane-time.ts'
import { defineTimelineProbe } from './probe.ts'

export const probe = defineTimelineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    client_down_s: { unit: 's', combined: 'median', observation: 'trial' },
    longest_down_s: { unit: 's', combined: 'median', observation: 'trial' },
    served_at_end: { unit: 'yes', combined: 'median', observation: 'trial' },
    observed_s: { unit: 's', combined: 'median', observation: 'trial' },
  }),
  read: (timeline, load) => {
    const down = downIntervals(timeline, load)
    const lastAnswered = load.perSecond.findLast(({ failed, pods }) => failed > 0 || Object.keys(pods).length > 0)
    const metrics = {
      client_down_s: totalSeconds(down),
      longest_down_s: longestSeconds(down),
      served_at_end: Object.keys(lastAnswered?.pods ?? {}).length > 0 ? 1 : 0,
      observed_s: timeline.toMs / 1000,
    }
    const failures = Object.entries(load.failures).map(([status, count]) => `${count} × ${status}`)
    const proof = down.map(([from, to]) => `client: no reply from ${at(from)} to ${at(to)} after the trigger`)
    return { metrics, proof: [...proof, ...(failures.length > 0 ? [`client: failed requests: ${failures.join(', ')}`] : [])] }
  },
})

/** Whole seconds after the trigger in which requests were due and none was answered. */
export const downIntervals = (timeline: Timeline, load: LoadResult): Interval[] => {
  const offsetMs = Date.parse(load.startedAt) - Date.parse(timeline.startedAt)
  const isDown = ({ failed, notSent, pods }: LoadResult['perSecond'][number]): boolean =>
    failed + notSent > 0 && Object.keys(pods).length === 0
  return union(
    load.perSecond.filter(isDown).flatMap(({ second }): Interval[] => {
      const from = offsetMs + second * 1000
      return from + 1000 > 0 ? [[Math.max(0, from), from + 1000]] : []
    }),
  )
}

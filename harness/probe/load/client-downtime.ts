// How long the client got no good reply after the trigger: downtime from the client's view.
import * as z from 'zod'
import type { LoadResult } from '../../model/trial.ts'
import type { Timeline } from '../../model/timeline.ts'
import { callSeconds, downs, lastCalled } from '../../timeline/client-calls.ts'
import { at, longestSeconds, totalSeconds } from '../../timeline/time-range.ts'
import type { TimeRange } from '../../timeline/time-range.ts'
import { defineTimelineProbe } from '../kit/probe.ts'

export const probe = defineTimelineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    client_down_s: {
      label: 'client down',
      meaning: 'seconds from the trigger on in which calls were due and none was answered',
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
    longest_down_s: {
      label: 'longest time down',
      brief: 'longest down',
      meaning: 'the longest stretch in which no call was answered',
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
    served_at_end: {
      label: 'served at the end',
      brief: 'served',
      meaning: 'whether the client’s calls were answered in the last second',
      unit: 'yes',
      combined: 'median',
      observation: 'trial',
    },
    observed_s: {
      label: 'observed',
      meaning: 'from the trigger to the end of the episode',
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
  }),
  read: (timeline, load) => {
    const down = downRanges(timeline, load)
    const metrics = {
      client_down_s: totalSeconds(down),
      longest_down_s: longestSeconds(down),
      served_at_end: (lastCalled(callSeconds(timeline, load))?.answered ?? 0) > 0 ? 1 : 0,
      observed_s: timeline.toMs / 1000,
    }
    const failures = Object.entries(load.failures).map(([status, count]) => `${count} × ${status}`)
    const proof = down.map(([from, to]) => `client: no reply from ${at(from)} to ${at(to)} after the trigger`)
    return { metrics, proof: [...proof, ...(failures.length > 0 ? [`client: failed requests: ${failures.join(', ')}`] : [])] }
  },
})

/** Whole seconds after the trigger in which requests were due and none was answered. */
export const downRanges = (timeline: Timeline, load: LoadResult): TimeRange[] =>
  downs(callSeconds(timeline, load)).flatMap(({ fromMs, toMs }): TimeRange[] => (toMs > 0 ? [[Math.max(0, fromMs), toMs]] : []))

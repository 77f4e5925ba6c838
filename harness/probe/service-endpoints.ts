// How long a Service had no ready endpoint after the trigger, as the API tells it.
import * as z from 'zod'
import { at, intervalsOf, totalSeconds } from './lane-time.ts'
import { defineTimelineProbe } from './probe.ts'

export const probe = defineTimelineProbe({
  options: z.strictObject({ service: z.string() }),
  metrics: () => ({ unserved_s: { unit: 's', combined: 'median', observation: 'trial' } }),
  read: (timeline, _load, { service }) => {
    const lanes = timeline.lanes.filter(({ kind, name }) => kind === 'service' && name === service)
    const unserved = lanes.flatMap((lane) => intervalsOf(lane, ['unserved'], timeline))
    return {
      metrics: lanes.length > 0 ? { unserved_s: totalSeconds(unserved) } : {},
      proof: unserved.map(([from, to]) => `Service ${service}: no ready endpoint from ${at(from)} to ${at(to)}`),
    }
  },
})

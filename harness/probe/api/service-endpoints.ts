// How long a Service had no ready endpoint after the trigger, as the API reports it.
import * as z from 'zod'
import { at, rangesOf, totalSeconds } from '../../timeline/time-range.ts'
import { defineTimelineProbe } from '../kit/probe.ts'

export const probe = defineTimelineProbe({
  options: z.strictObject({ service: z.string() }),
  metrics: () => ({
    unserved_s: {
      label: 'unserved',
      meaning: 'how long, from the trigger on, the Service had no ready endpoint',
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
  }),
  read: (timeline, _load, { service }) => {
    const lanes = timeline.lanes.filter(({ kind, name }) => kind === 'service' && name === service)
    const unserved = lanes.flatMap((lane) => rangesOf(lane, ['unserved'], timeline))
    return {
      metrics: lanes.length > 0 ? { unserved_s: totalSeconds(unserved) } : {},
      proof: unserved.map(([from, to]) => `Service ${service}: no ready endpoint from ${at(from)} to ${at(to)}`),
    }
  },
})

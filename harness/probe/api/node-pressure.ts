// Whether the node was under pressure after the trigger, when, and for how long.
import * as z from 'zod'
import { at, rangesOf, totalSeconds } from '../../timeline/time-range.ts'
import { defineTimelineProbe } from '../kit/probe.ts'

export const probe = defineTimelineProbe({
  options: z.strictObject({ condition: z.enum(['memory-pressure', 'disk-pressure']) }),
  metrics: () => ({
    node_pressure: {
      label: 'node under pressure',
      brief: 'pressure',
      meaning: 'whether the node told of memory or disk pressure after the trigger',
      unit: 'yes',
      combined: 'median',
      observation: 'trial',
    },
    node_pressure_s: {
      label: 'time under pressure',
      brief: 'pressure for',
      meaning: 'how long the node told of pressure',
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
  }),
  read: (timeline, _load, { condition }) => {
    const lane = timeline.lanes.find(({ kind }) => kind === 'node')
    const pressed = lane ? rangesOf(lane, [condition], timeline) : []
    const texts = lane?.states.filter(({ atMs, state, text }) => atMs >= 0 && state === condition && text !== '') ?? []
    return {
      metrics: lane ? { node_pressure: pressed.length > 0 ? 1 : 0, node_pressure_s: totalSeconds(pressed) } : {},
      proof: [
        ...pressed.slice(0, 1).map(([from]) => `${lane?.name}: ${condition} from ${at(from)} after the trigger`),
        ...new Set(texts.map(({ text }) => `${lane?.name}: ${text}`)),
      ],
    }
  },
})

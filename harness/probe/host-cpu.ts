// How busy the host was: a node's idle time is the host's, since the nodes of kind share it.
import * as z from 'zod'
import { defineProbe } from './probe.ts'

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    node_idle: { unit: 'ratio', combined: 'median', observation: 'trial' },
    host_steal: { unit: 'ratio', combined: 'median', observation: 'trial' },
    host_others: { unit: 'ratio', combined: 'median', observation: 'trial' },
    node_throttled_periods: { unit: 'periods', combined: 'sum', observation: 'trial' },
  }),
  start: async () => ({
    end: async (_load, { idle, steal, others, throttledPeriods }) => ({
      metrics: { node_idle: idle, host_steal: steal, host_others: others, node_throttled_periods: throttledPeriods },
    }),
  }),
})

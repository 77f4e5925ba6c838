// Whether the load generator did what it was told: without that, a trial measures the generator.
import * as z from 'zod'
import { defineProbe } from './probe.ts'

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    achieved_rate_ratio: { unit: 'ratio', combined: 'median', observation: 'request' },
    send_lag_p99: { unit: 'ms', combined: 'median', observation: 'request' },
  }),
  start: async () => ({
    end: async (load) => {
      const lag = load.sendLagUs ? { send_lag_p99: load.sendLagUs.p99 / 1000 } : {}
      return { metrics: { achieved_rate_ratio: load.sent / load.intended, ...lag } }
    },
  }),
})

// Whether the load generator kept its schedule: otherwise a trial measures the generator.
import * as z from 'zod'
import { defineProbe } from '../kit/probe.ts'

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    achieved_rate_ratio: {
      label: 'achieved rate',
      meaning: 'requests sent / requests that were to be sent',
      unit: 'ratio',
      combined: 'median',
      observation: 'request',
    },
    send_lag_p99: {
      label: 'send lag p99',
      meaning: 'how late the load itself was, at its 99th percentile',
      unit: 'ms',
      combined: 'median',
      observation: 'request',
    },
  }),
  start: async () => ({
    end: async ({ load }) => {
      const lag = load.sendLagUs ? { send_lag_p99: load.sendLagUs.p99 / 1000 } : {}
      return { metrics: { ...(load.intended > 0 ? { achieved_rate_ratio: load.sent / load.intended } : {}), ...lag } }
    },
  }),
})

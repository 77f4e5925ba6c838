// How long requests took, counted from when each was due, and how many failed. Failures are never fast samples.
import * as z from 'zod'
import { defineProbe } from './probe.ts'

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    latency_p50: { unit: 'ms', combined: 'median', observation: 'request', better: 'lower' },
    latency_p99: { unit: 'ms', combined: 'median', observation: 'request', better: 'lower' },
    requests: { unit: 'requests', combined: 'sum', observation: 'request' },
    failed_requests: { unit: 'requests', combined: 'sum', observation: 'request' },
  }),
  start: async () => ({
    end: async (load) => {
      const latency = !load.latencyUs ? {} : { latency_p50: load.latencyUs.p50 / 1000, latency_p99: load.latencyUs.p99 / 1000 }
      return { metrics: { ...latency, requests: load.intended, failed_requests: load.failed } }
    },
  }),
})

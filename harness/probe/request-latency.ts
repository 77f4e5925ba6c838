// How long requests took, counted from when each was due, and how many failed. Failures are never fast samples. Where something was changed
// under load it is not told how long: what starts then shares its cores with the generator, and a request that was sent late looks slow.
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
    end: async (load, _host, _timeline, change) => {
      const told = change === null ? load.latencyUs : null
      const latency = !told ? {} : { latency_p50: told.p50 / 1000, latency_p99: told.p99 / 1000 }
      return { metrics: { ...latency, requests: load.intended, failed_requests: load.failed } }
    },
  }),
})

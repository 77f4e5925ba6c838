// How long requests took, counted from when each was due, and how many failed. Failures are never fast samples. Where something was changed
// under load that is left out: what starts then shares its cores with the generator, and a request that was sent late looks slow.
import * as z from 'zod'
import { defineProbe } from '../kit/probe.ts'

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    latency_p50: {
      label: 'latency p50',
      brief: 'p50',
      meaning: 'half of the replies came within this time of the intended send time',
      unit: 'ms',
      combined: 'median',
      observation: 'request',
      better: 'lower',
    },
    latency_p99: {
      label: 'latency p99',
      brief: 'p99',
      meaning: '99 % of the replies came within this time of the intended send time',
      unit: 'ms',
      combined: 'median',
      observation: 'request',
      better: 'lower',
    },
    requests: {
      label: 'requests',
      meaning: 'requests that were to be sent in the window',
      unit: 'requests',
      counts: true,
      combined: 'sum',
      observation: 'request',
    },
    failed_requests: {
      label: 'failed requests',
      brief: 'failed',
      meaning: 'requests without a good reply; they are in no latency',
      unit: 'requests',
      counts: true,
      combined: 'sum',
      observation: 'request',
    },
  }),
  start: async () => ({
    end: async (load, _host, _timeline, change) => {
      const shown = change === null ? load.latencyUs : null
      const latency = !shown ? {} : { latency_p50: shown.p50 / 1000, latency_p99: shown.p99 / 1000 }
      return { metrics: { ...latency, requests: load.intended, failed_requests: load.failed } }
    },
  }),
})

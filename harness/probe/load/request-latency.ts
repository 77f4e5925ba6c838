// Latency of requests, counted from the intended send time, and failures. Failures never count as fast samples. If the arm changed something
// under load, latency is omitted: starting pods share cores with the generator, and a request that was sent late looks slow.
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
    end: async ({ load, change }) => {
      const shown = change === null ? load.latencyUs : null
      const latency = !shown ? {} : { latency_p50: shown.p50 / 1000, latency_p99: shown.p99 / 1000 }
      return { metrics: { ...latency, requests: load.intended, failed_requests: load.failed } }
    },
  }),
})

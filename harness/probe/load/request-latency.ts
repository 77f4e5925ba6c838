// Latency of requests, counted from the intended send time, and failures. Failures never count as fast samples. If the arm changed something
// under load, latency is omitted: starting pods share cores with the generator, and a request that was sent late looks slow.
import * as z from 'zod'
import type { MetricDefinition } from '../../model/metric.ts'
import type { LoadResult } from '../../model/trial.ts'
import { latencyMsAt } from '../../stats/histogram.ts'
import { defineProbe } from '../kit/probe.ts'

/**
 * A quantile of the tail that rules can judge. The p99 of a short window is a hiccup: of 720 requests it scatters by 9 to 16 % from trial to trial where
 * p95 scatters by 3 to 7 %. `p95` needs windows of 100 requests; with fewer `p90` is what several requests decide.
 */
const tails = { p95: 95, p90: 90 } as const

const quantile = (percentile: number, replies = `${percentile} %`): MetricDefinition => ({
  label: `latency p${percentile}`,
  brief: `p${percentile}`,
  meaning: `${replies} of the replies came within this time of the intended send time`,
  unit: 'ms',
  combined: 'median',
  observation: 'request',
  better: 'lower',
})

export const probe = defineProbe({
  options: z.strictObject({ tail: z.enum(['p95', 'p90']).optional() }),
  metrics: ({ tail }) => ({
    latency_p50: quantile(50, 'half'),
    ...(tail && { [`latency_${tail}`]: quantile(tails[tail]) }),
    latency_p99: quantile(99),
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
  start: async (_context, { tail }) => ({
    end: async ({ load, change }) => {
      const latency = change === null ? latencyOf(load, tail) : {}
      return { metrics: { ...latency, requests: load.intended, failed_requests: load.failed } }
    },
  }),
})

const latencyOf = ({ latencyUs, latencyHistogram }: LoadResult, tail: keyof typeof tails | undefined): Record<string, number> =>
  latencyUs === null
    ? {}
    : {
        latency_p50: latencyUs.p50 / 1000,
        ...(tail && { [`latency_${tail}`]: latencyMsAt(latencyHistogram, tails[tail]) }),
        latency_p99: latencyUs.p99 / 1000,
      }

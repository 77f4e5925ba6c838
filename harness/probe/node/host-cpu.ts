// How busy the host was: a node's idle time is the host's, since the nodes of kind share it.
import * as z from 'zod'
import { defineProbe } from '../kit/probe.ts'

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    node_idle: {
      label: 'node idle',
      meaning: 'share of the host’s CPU time that nobody used; the nodes share the host',
      unit: 'ratio',
      combined: 'median',
      observation: 'trial',
    },
    host_steal: {
      label: 'host steal',
      meaning: 'share of the host’s CPU time that its hypervisor gave to others',
      unit: 'ratio',
      combined: 'median',
      observation: 'trial',
    },
    host_others: {
      label: 'host, others',
      meaning: 'share of the host’s CPU time that processes outside the cluster used, the lab itself among them',
      unit: 'ratio',
      combined: 'median',
      observation: 'trial',
    },
    node_throttled_periods: {
      label: 'throttled periods, node',
      meaning:
        'CFS periods in which a quota stopped the node itself, or what holds this machine; above 0 the trial does not count',
      unit: 'periods',
      counts: true,
      combined: 'sum',
      observation: 'trial',
    },
  }),
  start: async () => ({
    end: async ({ host: { idle, steal, others, throttledPeriods } }) => ({
      metrics: { node_idle: idle, host_steal: steal, host_others: others, node_throttled_periods: throttledPeriods },
    }),
  }),
})

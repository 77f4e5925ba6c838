// Throttling as an operator sees it: the two metrics of the kubelet's cAdvisor endpoint, which it refreshes every 10 to 15 s.
import type { Kube } from '../../kube/client.ts'
import * as z from 'zod'
import { defineProbe } from '../kit/probe.ts'
import { runningPods } from '../kit/pods.ts'

const names = {
  periods: 'container_cpu_cfs_throttled_periods_total',
  seconds: 'container_cpu_cfs_throttled_seconds_total',
} as const

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    [names.periods]: {
      label: 'throttled periods, cAdvisor',
      meaning: `growth of ${names.periods} within the trials, as the kubelet showed it`,
      unit: 'periods',
      counts: true,
      combined: 'sum',
      observation: 'trial',
    },
    [names.seconds]: {
      label: 'throttled time, cAdvisor',
      meaning: `growth of ${names.seconds} within the trials, as the kubelet showed it`,
      unit: 's',
      combined: 'sum',
      observation: 'trial',
    },
    cadvisor_age: {
      label: 'age of cAdvisor’s figures',
      meaning: 'how old the kubelet’s figures were when they were read after the load',
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
  }),
  start: async ({ kube, namespace, servers }) => {
    const pods = await runningPods(kube, namespace, servers)
    const nodes = [...new Set(pods.map((pod) => pod.spec?.nodeName ?? ''))]
    const container = pods[0]?.spec?.containers[0]?.name ?? ''
    const look = async (): Promise<Throttled> => {
      const texts = await Promise.all(nodes.map((node) => kubeletMetrics(kube, node)))
      return throttledIn(texts.join('\n'), namespace, container)
    }
    const before = await look()
    return {
      end: async () => {
        const after = await look()
        if (after.atMs === undefined) return { metrics: {} } // no quota: the kubelet has no such metrics of the container
        return {
          metrics: {
            [names.periods]: after.periods - before.periods,
            [names.seconds]: after.seconds - before.seconds,
            cadvisor_age: (Date.now() - after.atMs) / 1000,
          },
        }
      },
    }
  },
})

interface Throttled {
  readonly periods: number
  readonly seconds: number
  /** Time of the oldest figure; undefined: there are none. */
  readonly atMs: number | undefined
}

const kubeletMetrics = (kube: Kube, name: string): Promise<string> =>
  kube.core.connectGetNodeProxyWithPath({ name, path: 'metrics/cadvisor' })

/** Sums of the two metrics over the containers of a namespace, from Prometheus' text format. */
export const throttledIn = (text: string, namespace: string, container: string): Throttled => {
  const lines = text
    .split('\n')
    .filter((line) => line.includes(`namespace="${namespace}"`) && line.includes(`container="${container}"`))
  const samples = (name: string): [value: number, atMs: number][] =>
    lines.flatMap((line) => {
      const [, value, at] = new RegExp(`^${name}\\{.*\\} ([^ ]+)(?: (\\d+))?$`).exec(line) ?? []
      return value === undefined ? [] : [[Number(value), Number(at)]]
    })
  const [periods, seconds] = [samples(names.periods), samples(names.seconds)]
  const times = [...periods, ...seconds].map(([, at]) => at)
  const total = (all: readonly [number, number][]): number => all.reduce((sum, [value]) => sum + value, 0)
  return { periods: total(periods), seconds: total(seconds), atMs: times.length > 0 ? Math.min(...times) : undefined }
}

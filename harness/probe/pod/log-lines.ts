// Counts matching log lines of a group of pods, and keeps the first line of each kind.
import * as z from 'zod'
import { isRefused } from '../../kube/client.ts'
import type { Kube } from '../../kube/client.ts'
import type { MetricDefinition } from '../../model/metric.ts'
import { defineProbe } from '../kit/probe.ts'

export const probe = defineProbe({
  /** `pods`: label selector, evaluated at the end. `lines`: text to match, by metric. */
  options: z.strictObject({ pods: z.string(), container: z.string(), lines: z.record(z.string(), z.string()) }),
  metrics: ({ lines }) =>
    Object.fromEntries(
      Object.entries(lines).map(([name, text]): [string, MetricDefinition] => [
        name,
        {
          label: `“${text}”`,
          meaning: 'lines of the log that contain it, of the pods that were there at the end',
          unit: 'lines',
          counts: true,
          combined: 'median',
          observation: 'trial',
        },
      ]),
    ),
  start: async ({ kube, namespace }, { pods, container, lines }) => ({
    end: async () => {
      const { items } = await kube.core.listNamespacedPod({ namespace, labelSelector: pods })
      const logs = await Promise.all(
        items.map(({ metadata }) => logOf(kube, { name: metadata?.name ?? '', namespace, container })),
      )
      const all = logs.flatMap((log) => log.split('\n'))
      const found = Object.entries(lines).map(([name, text]) => [name, all.filter((line) => line.includes(text))] as const)
      return {
        metrics: Object.fromEntries(found.map(([name, those]) => [name, those.length])),
        proof: found.flatMap(([, those]) => those.slice(0, 1).map((line) => `log: ${line}`)),
      }
    },
  }),
})

/** Empty for a container that has not started, or whose pod is gone. Other errors are not an empty log. */
const logOf = (kube: Kube, of: { name: string; namespace: string; container: string }): Promise<string> =>
  kube.core.readNamespacedPodLog(of).catch((error: unknown) => {
    if (isRefused(error) && (error.code === 404 || (error.code === 400 && String(error.body).includes('is waiting to start'))))
      return ''
    throw error
  })

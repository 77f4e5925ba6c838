// How often the pods of a group have logged certain things, and the first line of each.
import * as z from 'zod'
import { defineProbe } from './probe.ts'

export const probe = defineProbe({
  /** `pods`: label selector of those that are there at the end. `lines`: what a line contains, by the metric that counts it. */
  options: z.strictObject({ pods: z.string(), container: z.string(), lines: z.record(z.string(), z.string()) }),
  metrics: ({ lines }) =>
    Object.fromEntries(
      Object.keys(lines).map((name) => [name, { unit: 'lines', combined: 'median' as const, observation: 'trial' as const }]),
    ),
  start: async ({ kube, namespace }, { pods, container, lines }) => ({
    end: async () => {
      const { items } = await kube.core.listNamespacedPod({ namespace, labelSelector: pods })
      const logs = await Promise.all(
        // of a pod that is not running yet there is no log
        items.map(({ metadata }) =>
          kube.core.readNamespacedPodLog({ name: metadata?.name ?? '', namespace, container }).catch(() => ''),
        ),
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

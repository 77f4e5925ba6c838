// Whether Envoys accepted their control plane's configuration: active listeners and rejections, from their own statistics.
import * as z from 'zod'
import { LabError } from '../../model/lab-error.ts'
import { refusal } from '../../kube/client.ts'
import { defineProbe } from '../kit/probe.ts'
import type { ProbeContext } from '../kit/probe.ts'
import { containersAt, ContainerTarget } from '../kit/pods.ts'

const Options = z.array(z.strictObject({ ...ContainerTarget.shape, /** Port of its statistics. */ port: z.int() }))

export const probe = defineProbe({
  /** Arms without such containers lack the metric. */
  options: z.strictObject({ envoys: Options }),
  metrics: () => ({
    listeners_in_force: {
      label: 'listeners in force',
      meaning: 'listeners the proxies had taken from their control plane, after the load',
      unit: 'listeners',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    updates_refused: {
      label: 'updates refused',
      meaning: 'updates of listeners or clusters the proxies refused since they started',
      unit: 'updates',
      counts: true,
      combined: 'sum',
      observation: 'trial',
    },
  }),
  start: async (context, { envoys }) => ({
    end: async () => {
      const found = (await Promise.all(envoys.map((each) => look(context, each)))).flat()
      if (found.length === 0) return { metrics: {} }
      const sum = (value: (each: Found) => number): number => found.reduce((total, each) => total + value(each), 0)
      return {
        metrics: { listeners_in_force: sum(({ listeners }) => listeners), updates_refused: sum(({ refused }) => refused) },
        proof: found.map(
          ({ name, listeners, clusters, accepted, refused }) =>
            `Envoy of ${name}, after the load: ${listeners} listeners and ${clusters} clusters in force, ${accepted} updates of them accepted, ${refused} refused`,
        ),
      }
    },
  }),
})

interface Found extends Configuration {
  readonly name: string
}

const look = async (context: ProbeContext, where: z.output<typeof Options>[number]): Promise<Found[]> =>
  Promise.all(
    (await containersAt(context, where)).map(async ({ namespace, pod }) => {
      const path = { name: `${pod}:${where.port}`, namespace, path: 'stats/prometheus' }
      try {
        return { name: pod, ...configurationIn(await context.kube.core.connectGetNamespacedPodProxyWithPath(path)) }
      } catch (error) {
        throw new LabError(`The Envoy of ${pod} does not report its statistics on port ${where.port}`, {
          why: refusal(error),
          next: 'give the probe envoy-configuration the port on which this Envoy serves /stats/prometheus',
          cause: error,
        })
      }
    }),
  )

interface Configuration {
  readonly listeners: number
  readonly clusters: number
  readonly accepted: number
  readonly refused: number
}

/** From the text of Envoy's /stats/prometheus. */
export const configurationIn = (text: string): Configuration => {
  const value = (name: string): number => Number(new RegExp(`^envoy_${name}(?:\\{[^}]*\\})? (\\d+)`, 'm').exec(text)?.[1] ?? NaN)
  const updates = (outcome: 'success' | 'rejected'): number =>
    value(`listener_manager_lds_update_${outcome}`) + value(`cluster_manager_cds_update_${outcome}`)
  return {
    listeners: value('listener_manager_total_listeners_active'),
    clusters: value('cluster_manager_active_clusters'),
    accepted: updates('success'),
    refused: updates('rejected'),
  }
}

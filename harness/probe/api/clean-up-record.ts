// Records that an operator keeps outside of its pods, and leftover entries whose pods are gone.
import * as z from 'zod'
import { listObjects } from '../../kube/watch.ts'
import { defineProbe } from '../kit/probe.ts'

export const probe = defineProbe({
  /** `configMap`: the record, an entry for each pod by its name. */
  options: z.strictObject({ configMap: z.string() }),
  metrics: () => ({
    records_left_behind: {
      label: 'records left behind',
      brief: 'records left',
      meaning: 'entries the operator keeps for pods that are gone: the clean-up that was skipped, or was not yet done',
      unit: 'entries',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
  }),
  start: async ({ kube, namespace }, { configMap }) => ({
    end: async () => {
      const { data = {} } = await kube.core.readNamespacedConfigMap({ name: configMap, namespace })
      const pods = await listObjects(kube, { apiVersion: 'v1', kind: 'Pod', namespace })
      const living = new Set(pods.map(({ metadata }) => metadata?.name ?? ''))
      const left = Object.entries(data).filter(([pod]) => !living.has(pod))
      const example = left.slice(0, 1).map(([pod, address]) => `, such as ${pod}: ${address}`)
      return {
        metrics: { records_left_behind: left.length },
        proof: [`entries of ${configMap} whose pod is gone: ${left.length}${example.join('')}`],
      }
    },
  }),
})

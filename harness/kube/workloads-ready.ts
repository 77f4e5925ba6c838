// Deployments of a namespace are ready when every replica of the newest version is.
import type { V1Deployment } from '@kubernetes/client-node'
import type { Kube, Manifest } from './client.ts'
import { namespaceEvidence } from './events.ts'
import { waitForObjects } from './watch.ts'

/** Waits for all Deployments of the namespace; the error carries the pods' states and events. */
export const deploymentsReady = (kube: Kube, namespace: string, signal: AbortSignal, deadlineMs = 120_000): Promise<void> =>
  waitForObjects<void>(
    kube,
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace },
    {
      what: `the Deployments in ${namespace} to be ready`,
      deadlineMs,
      signal,
      evidence: () => namespaceEvidence(kube, namespace),
    },
    (all) => {
      const unready = all.filter((each) => !isReady(each)).map((each) => `${each.metadata?.name} ${readiness(each)}`)
      return unready.length === 0 ? { value: undefined } : { notYet: unready.join(', ') }
    },
  )

const isReady = (object: Manifest): boolean => {
  const { metadata, spec, status } = object as V1Deployment
  const wanted = spec?.replicas ?? 1
  const { observedGeneration, updatedReplicas = 0, readyReplicas = 0, replicas = 0 } = status ?? {} // a count of 0 is left out
  return (
    observedGeneration === metadata?.generation && [updatedReplicas, readyReplicas, replicas].every((count) => count === wanted)
  )
}

const readiness = (object: Manifest): string => {
  const { spec, status } = object as V1Deployment
  return `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1}`
}

// Deployments of a namespace are ready when every replica of the newest version is; custom resources when their operator says so.
import type { V1Condition, V1CustomResourceDefinition, V1Deployment } from '@kubernetes/client-node'
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

/** An operator may create a hundred pods on each of six nodes: two CPUs need more than five minutes to start them. */
const operatorsDeadlineMs = 900_000

/** Waits for every custom resource of the namespace whose definition is among these objects: its status must be Ready for its current generation. */
export const customResourcesReady = async (
  kube: Kube,
  objects: readonly Manifest[],
  namespace: string,
  signal: AbortSignal,
  deadlineMs = operatorsDeadlineMs,
): Promise<void> => {
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition') as unknown as V1CustomResourceDefinition[]
  for (const { spec } of definitions) {
    const selection = { apiVersion: `${spec.group}/${spec.versions[0]?.name}`, kind: spec.names.kind, namespace }
    const evidence = () => namespaceEvidence(kube, namespace)
    const wait = { what: `${spec.names.plural} in ${namespace} to be ready`, deadlineMs, signal, evidence }
    await waitForObjects<void>(kube, selection, wait, (all) => {
      const unready = all.map(customReadiness).filter((said) => said !== undefined)
      return unready.length === 0 ? { value: undefined } : { notYet: unready.join(', ') }
    })
  }
}

/** What is missing; undefined: nothing. */
const customReadiness = ({ metadata, status }: Manifest): string | undefined => {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly V1Condition[] }
  const { status: is, message = 'no status yet', observedGeneration } = conditions.find(({ type }) => type === 'Ready') ?? {}
  return is === 'True' && observedGeneration === metadata?.generation ? undefined : `${metadata?.name}: ${message}`
}

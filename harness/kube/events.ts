// What the cluster says about a namespace when something there did not work: states of pods, and events.
import type { CoreV1Event, V1Pod } from '@kubernetes/client-node'
import type { Kube } from './client.ts'

/** Lines of evidence: every pod's state, then the last warnings. */
export const namespaceEvidence = async (kube: Kube, namespace: string): Promise<string[]> => {
  const pods = await kube.core.listNamespacedPod({ namespace })
  const events = await kube.core.listNamespacedEvent({ namespace })
  const warnings = events.items
    .filter((event) => event.type === 'Warning')
    .toSorted(byTime)
    .slice(-10)
  return [...pods.items.map(podState), ...warnings.map(eventLine)]
}

const podState = (pod: V1Pod): string => {
  const waiting = pod.status?.containerStatuses
    ?.map(({ state }) => state?.waiting?.reason ?? state?.terminated?.reason)
    .filter(Boolean)
  const unready = pod.status?.conditions?.find((condition) => condition.type === 'PodScheduled' && condition.status === 'False')
  return [`pod ${pod.metadata?.name}: ${pod.status?.phase}`, ...(waiting ?? []), unready?.message].filter(Boolean).join(', ')
}

const eventLine = (event: CoreV1Event): string =>
  `event ${event.involvedObject.kind}/${event.involvedObject.name}: ${event.reason}: ${event.message}`

const byTime = (a: CoreV1Event, b: CoreV1Event): number => (a.lastTimestamp?.getTime() ?? 0) - (b.lastTimestamp?.getTime() ?? 0)

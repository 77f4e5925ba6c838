// Pods a probe looks at, by label selector; pods on their way out do not count.
import type { V1Pod } from '@kubernetes/client-node'
import type { Kube } from '../kube/client.ts'

export const runningPods = async (kube: Kube, namespace: string, labelSelector: string): Promise<V1Pod[]> => {
  const { items } = await kube.core.listNamespacedPod({ namespace, labelSelector })
  return items.filter((pod) => pod.status?.phase === 'Running' && !pod.metadata?.deletionTimestamp)
}

export const podNames = async (kube: Kube, namespace: string, labelSelector: string): Promise<string[]> =>
  (await runningPods(kube, namespace, labelSelector)).map((pod) => pod.metadata?.name ?? '').toSorted()

// Pods and containers for probes, without terminating pods.
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import * as z from 'zod'
import type { Kube } from '../../kube/client.ts'
import type { ProbeContext } from './probe.ts'

export const runningPods = async (kube: Kube, namespace: string, labelSelector: string): Promise<V1Pod[]> => {
  const { items } = await kube.core.listNamespacedPod({ namespace, labelSelector })
  return items.filter((pod) => pod.status?.phase === 'Running' && !pod.metadata?.deletionTimestamp)
}

export const podNames = async (kube: Kube, namespace: string, labelSelector: string): Promise<string[]> =>
  (await runningPods(kube, namespace, labelSelector)).map((pod) => pod.metadata?.name ?? '').toSorted()

/** Containers of an arm, or of an add-on it needs. */
export const ContainerTarget = z.strictObject({
  /** Label selector. */
  pods: z.string(),
  /** Absent: each pod's first one. */
  container: z.string().optional(),
  /** Namespace of the add-on; an arm that does not need the add-on has no such containers. */
  addOn: z.string().optional(),
})
export type ContainerTarget = z.infer<typeof ContainerTarget>

export interface Container {
  readonly namespace: string
  readonly pod: string
  readonly name: string
  readonly node: string
  /** Id in the container runtime. */
  readonly id: string
}

/** The current containers, including sidecars. */
export const containersAt = async (
  { kube, namespace, addOns }: Pick<ProbeContext, 'kube' | 'namespace' | 'addOns'>,
  { pods, container, addOn }: ContainerTarget,
): Promise<Container[]> => {
  if (addOn && !addOns.includes(addOn)) return []
  const place = addOn ?? namespace
  return (await runningPods(kube, place, pods)).flatMap((pod) => {
    const all = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])]
    const meant = container ? all.find(({ name }) => name === container) : all[0]
    return meant ? [containerOf(pod, meant, place)] : []
  })
}

const containerOf = ({ metadata, spec }: V1Pod, status: V1ContainerStatus, namespace: string): Container => ({
  namespace,
  pod: metadata?.name ?? '',
  name: status.name,
  node: spec?.nodeName ?? '',
  id: runtimeId(status),
})

/** A container's id in its runtime; empty: none yet. */
export const runtimeId = (status: V1ContainerStatus | undefined): string => (status?.containerID ?? '').replace(/^.*:\/\//, '')

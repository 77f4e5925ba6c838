// Decides what of a pod matters: whose it is, where it is reached, and whether it is ready, leaving or at its end.
import type { V1OwnerReference, V1Pod } from '@kubernetes/client-node'
import { finalizer, fleetLabel, fleetType, resource } from './fleet.ts'

/** A pod of some fleet, which may be gone already. */
export interface FleetPod {
  readonly name: string
  readonly uid: string
  /** Of the Fleet that owns it; absent when it was orphaned. */
  readonly fleetUid?: string
  /** Position among the pod's finalizers; absent when ours is not one of them. */
  readonly finalizerIndex?: number
  /** Absent while it does not run. */
  readonly address?: string
  readonly isReady: boolean
  /** Somebody has deleted it, and its object is left until every finalizer is removed. */
  readonly isDeleted: boolean
  /** No container runs any more, or none ever did. */
  readonly hasEnded: boolean
}

/** What matters of a pod, or undefined when it is of no fleet. */
export const fleetPod = (pod: V1Pod): FleetPod | undefined => {
  const { metadata, status } = pod
  const owner = metadata?.ownerReferences?.find(isFleet)
  if (owner === undefined && metadata?.labels?.[fleetLabel] === undefined) return undefined
  const finalizerIndex = metadata?.finalizers?.indexOf(finalizer) ?? -1
  return {
    name: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
    ...(owner && { fleetUid: owner.uid }),
    ...(finalizerIndex >= 0 && { finalizerIndex }),
    ...(status?.phase === 'Running' && status.podIP && { address: status.podIP }),
    isReady: status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false,
    isDeleted: metadata?.deletionTimestamp !== undefined,
    hasEnded: hasEnded(pod),
  }
}

const isFleet = ({ kind, apiVersion }: V1OwnerReference): boolean =>
  kind === fleetType.kind && apiVersion.startsWith(`${resource.group}/`)

// A pod that nobody has scheduled has no statuses; one that a kubelet has taken may not have them yet, and so no address either.
const hasEnded = ({ status }: V1Pod): boolean => {
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return true
  const { initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] } = status ?? {}
  return ![...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses].some(({ state }) => state?.running)
}

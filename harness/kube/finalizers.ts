// Deleted pods that still exist because of a finalizer; and removing finalizers.
import type { V1Pod } from '@kubernetes/client-node'
import { isConflict, isInvalid, isNotFound } from './client.ts'
import type { Kube } from './client.ts'
import { mergePatch } from './merge-patch.ts'

/** A pod that waits for its finalizers. */
export interface HeldPod {
  readonly name: string
  readonly uid: string
  readonly finalizers: readonly string[]
  /** Deletion time, ISO; null: not deleted. */
  readonly deletedAt: string | null
  readonly address: string | null
}

/** Pods of a namespace that have a finalizer. */
export const heldPods = async (kube: Kube, namespace: string): Promise<HeldPod[]> => {
  const { items } = await kube.core.listNamespacedPod({ namespace })
  return items.map(heldPod).filter(({ finalizers }) => finalizers.length > 0)
}

const heldPod = ({ metadata, status }: V1Pod): HeldPod => ({
  name: metadata?.name ?? '',
  uid: metadata?.uid ?? '',
  finalizers: metadata?.finalizers ?? [],
  deletedAt: metadata?.deletionTimestamp ? new Date(metadata.deletionTimestamp).toISOString() : null,
  address: status?.podIP ?? null,
})

/** Sets the finalizers of a pod. Does not touch a newer pod of the same name. */
export const setFinalizers = async (
  kube: Kube,
  namespace: string,
  pod: HeldPod,
  finalizers: readonly string[],
): Promise<void> => {
  const { name, uid } = pod
  const patch = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, uid, finalizers: [...finalizers] } }
  try {
    await mergePatch(kube, patch)
  } catch (error) {
    if (!isNotFound(error) && !isConflict(error)) throw error // already gone
  }
}

/** Sets the finalizers of a pod if it still has those that were seen; false: they have changed, or it is another pod, and nothing was done. */
export const takeFinalizers = async (kube: Kube, namespace: string, pod: HeldPod, left: readonly string[]): Promise<boolean> => {
  const { name, uid, finalizers } = pod
  const body = [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/metadata/finalizers', value: finalizers },
    { op: 'replace', path: '/metadata/finalizers', value: left },
  ]
  try {
    await kube.core.patchNamespacedPod({ name, namespace, body })
    return true
  } catch (error) {
    if (isNotFound(error)) return true // already gone
    if (isInvalid(error)) return false
    throw error
  }
}

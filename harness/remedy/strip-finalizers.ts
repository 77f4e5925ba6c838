// The remedy strip-finalizers: releases deleted pods whose finalizers have no controller, and reports the skipped clean-up.
import { heldPods, takeFinalizers } from '../kube/finalizers.ts'
import type { HeldPod } from '../kube/finalizers.ts'
import type { Kube } from '../kube/client.ts'

export interface StripOptions {
  readonly namespace: string
  /** Removes only this finalizer; absent: all. */
  readonly finalizer?: string
  /** Only list. */
  readonly dryRun: boolean
}

/** A pod, and its removed (or to be removed) finalizers. */
export interface Stripped {
  readonly pod: string
  readonly deletedAt: string
  readonly address: string | null
  /** The clean-up of their owner is skipped for this pod. */
  readonly removed: readonly string[]
  readonly left: readonly string[]
}

export interface StripReport {
  readonly stripped: readonly Stripped[]
  /** Unchanged pods with a finalizer, and the reason. */
  readonly leftAlone: readonly { readonly pod: string; readonly why: string }[]
}

/**
 * Lists first, then removes the finalizers, one pod after the other. Touches only deleted pods of the namespace. If
 * containers still run, the object stays until the kubelet reports their end, as for any pod.
 */
export const stripFinalizers = async (kube: Kube, { namespace, finalizer, dryRun }: StripOptions): Promise<StripReport> => {
  const pods = await heldPods(kube, namespace)
  const stripped: Stripped[] = []
  const leftAlone: { pod: string; why: string }[] = []
  for (const pod of pods) {
    const left = finalizer === undefined ? [] : pod.finalizers.filter((each) => each !== finalizer)
    const reason = reasonToLeave(pod, finalizer)
    const isTaken = reason === undefined && (dryRun || (await takeFinalizers(kube, namespace, pod, left)))
    if (!isTaken) {
      leftAlone.push({ pod: pod.name, why: reason ?? 'its finalizers have changed since they were listed' })
      continue
    }
    const removed = pod.finalizers.filter((each) => !left.includes(each))
    stripped.push({ pod: pod.name, deletedAt: pod.deletedAt ?? '', address: pod.address, removed, left })
  }
  return { stripped, leftAlone }
}

const reasonToLeave = (pod: HeldPod, finalizer: string | undefined): string | undefined => {
  if (pod.deletedAt === null) return 'it was not deleted'
  if (finalizer !== undefined && !pod.finalizers.includes(finalizer)) return `${finalizer} is not among its finalizers`
  return undefined
}

/** "removed incident-lab.example/address-record from 24 pods; what it stands for was done for none of them" */
export const stripWords = ({ stripped, leftAlone }: StripReport): string => {
  const counts = Map.groupBy(
    stripped.flatMap(({ removed }) => removed),
    (each) => each,
  )
  const removed = [...counts].map(
    ([name, all]) => `removed ${name} from ${all.length} pods; the clean-up it stands for was skipped`,
  )
  const left = leftAlone.length > 0 ? [`left ${leftAlone.length} pods with a finalizer alone`] : []
  return [...removed, ...left].join('; ') || 'nothing was stuck'
}

// The remedy strip-finalizers: lets go deleted pods that wait for somebody who will not come, and reports what is thereby skipped.
import { heldPods, takeFinalizers } from '../kube/finalizers.ts'
import type { HeldPod } from '../kube/finalizers.ts'
import type { Kube } from '../kube/client.ts'

export interface StripOptions {
  readonly namespace: string
  /** Only this one; absent: every finalizer of such a pod. */
  readonly finalizer?: string
  /** Only list. */
  readonly dryRun: boolean
}

/** One pod, and what is (or would be) taken off it. */
export interface Stripped {
  readonly pod: string
  readonly deletedAt: string
  readonly address: string | null
  /** Their owner will not do for this pod what they stand for. */
  readonly removed: readonly string[]
  readonly left: readonly string[]
}

export interface StripReport {
  readonly stripped: readonly Stripped[]
  /** Pods with a finalizer that were left alone, and why. */
  readonly leftAlone: readonly { readonly pod: string; readonly why: string }[]
}

/**
 * Lists first, then takes the finalizers off, one pod after the other. Touches nothing but pods of the namespace that are being deleted. Of one
 * whose containers still run the object stays until the kubelet says that they have ended, as that of any pod.
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
  if (pod.deletedAt === null) return 'nobody has deleted it'
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

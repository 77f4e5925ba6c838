// Stops all workloads of a namespace and restarts them: Deployments, StatefulSets, Jobs; other pods are deleted.
import type { V1Deployment, V1Job, V1StatefulSet } from '@kubernetes/client-node'
import { nameOf } from './client.ts'
import type { Kube, Manifest } from './client.ts'
import { mergePatch } from './merge-patch.ts'
import { listObjects, waitForObjects } from './watch.ts'

/** Stopped workloads, by names such as `Deployment/server`. */
export interface StoppedWorkloads {
  readonly names: ReadonlySet<string>
  /** Restarts the chosen workloads, with at least this many pods each. */
  readonly start: (isMeant: (name: string) => boolean, pods?: number) => Promise<void>
}

const kinds = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'batch/v1', kind: 'Job' },
]

/** Resolves when no pod is left; if it fails, or the signal fires, it restarts everything. */
export const stopWorkloads = async (kube: Kube, namespace: string, signal: AbortSignal): Promise<StoppedWorkloads> => {
  const found = (await Promise.all(kinds.map((kind) => listObjects(kube, { ...kind, namespace })))).flatMap((objects, index) =>
    objects.map((object) => ({ ...object, ...kinds[index] })),
  )
  const start: StoppedWorkloads['start'] = async (isMeant, pods = 0) => {
    for (const object of found.filter((each) => isMeant(nameOf(each)))) await change(kube, object, asItWas(object, pods))
  }
  try {
    for (const object of found) await change(kube, object, stopped(object))
    await kube.core.deleteCollectionNamespacedPod({ namespace })
    const wait = { what: `the pods of ${namespace} to be gone`, deadlineMs: 120_000, signal }
    await waitForObjects<void>(kube, { apiVersion: 'v1', kind: 'Pod', namespace }, wait, (pods) =>
      pods.length === 0
        ? { value: undefined }
        : { notYet: `still there: ${pods.map(({ metadata }) => metadata?.name).join(', ')}` },
    )
  } catch (error) {
    await start(() => true)
    throw error
  }
  return { names: new Set(found.map(nameOf)), start }
}

const stopped = ({ kind }: Manifest): object => (kind === 'Job' ? { suspend: true } : { replicas: 0 })

const asItWas = (object: Manifest, pods: number): object =>
  object.kind === 'Job'
    ? { suspend: (object as V1Job).spec?.suspend ?? false }
    : { replicas: Math.max(pods, (object as V1Deployment | V1StatefulSet).spec?.replicas ?? 1) }

const change = (kube: Kube, { apiVersion = '', kind = '', metadata }: Manifest, spec: object): Promise<void> =>
  mergePatch(kube, { apiVersion, kind, metadata: { name: metadata?.name ?? '', namespace: metadata?.namespace ?? '' }, spec })

// Server-side apply of objects: the API server merges, and reports conflicts.
import type { V1CustomResourceDefinition } from '@kubernetes/client-node'
import { LabError } from '../model/lab-error.ts'
import { apiClient } from './api-client.ts'
import { isConflict, isNotFound, nameOf, refusal } from './client.ts'
import type { Kube, Manifest } from './client.ts'
import { waitForObjects } from './watch.ts'

const never = new AbortController().signal
const fieldManager = 'kubernetes-incident-lab'

/** Applies objects in order. `namespace` is set on those that name none; cluster-wide kinds ignore it. */
export const apply = async (
  kube: Kube,
  manifests: readonly Manifest[],
  namespace?: string,
  as = fieldManager,
  signal = never,
): Promise<void> => {
  for (const manifest of manifests) {
    const placed = namespace ? { ...manifest, metadata: { namespace, ...manifest.metadata } } : manifest
    try {
      await kube.objects.patch(typed(placed), undefined, undefined, as, true, apiClient().PatchStrategy.ServerSideApply)
    } catch (error) {
      throw refused(manifest, error)
    }
    await established(kube, manifest, signal)
  }
}

/** Creates an object; false where one of its name exists already. */
export const create = async (kube: Kube, manifest: Manifest, signal = never): Promise<boolean> => {
  try {
    await kube.objects.create(typed(manifest), undefined, undefined, fieldManager)
  } catch (error) {
    if (isConflict(error)) return false
    throw refused(manifest, error)
  }
  await established(kube, manifest, signal)
  return true
}

const refused = (manifest: Manifest, error: unknown): LabError =>
  new LabError(`The API server refused ${nameOf(manifest)}`, {
    why: refusal(error),
    next: 'if a scenario or an add-on has this object, correct it there; `lab status` shows whether the cluster answers',
    cause: error,
  })

/** In the form that the client sends completely: of typed objects it omits fields such as x-kubernetes-preserve-unknown-fields. */
const typed = (manifest: Manifest): Manifest => apiClient().loadYaml(JSON.stringify(manifest))

/** Resolves when objects of the kind that a resource definition defines can be applied; for other objects at once. */
const established = async (
  kube: Kube,
  { apiVersion = '', kind = '', metadata }: Manifest,
  signal: AbortSignal,
): Promise<void> => {
  if (kind !== 'CustomResourceDefinition') return
  const wait = { what: `${metadata?.name} to be served`, deadlineMs: 30_000, signal }
  await waitForObjects<void>(kube, { apiVersion, kind }, wait, (all) => {
    const { status } = (all.find((each) => each.metadata?.name === metadata?.name) ?? {}) as Partial<V1CustomResourceDefinition>
    const isEstablished = status?.conditions?.some(({ type, status: is }) => type === 'Established' && is === 'True')
    return isEstablished ? { value: undefined } : { notYet: 'it is not established' }
  })
}

/** Deletes an object; ignores a missing one. */
export const remove = async (kube: Kube, manifest: Manifest, graceSeconds?: number): Promise<void> => {
  try {
    await kube.objects.delete(manifest, undefined, undefined, graceSeconds, undefined, 'Background')
  } catch (error) {
    if (!isNotFound(error))
      throw new LabError(`${nameOf(manifest)} could not be deleted`, {
        why: refusal(error),
        next: '`lab clean` tries again; `lab down` removes the cluster with everything in it',
        cause: error,
      })
  }
}

// Objects are brought to the cluster by server-side apply: the API server merges, and says what conflicts.
import { PatchStrategy } from '@kubernetes/client-node'
import { LabError } from '../model/lab-error.ts'
import { isNotFound, nameOf, refusal } from './client.ts'
import type { Kube, Manifest } from './client.ts'

const fieldManager = 'kubernetes-incident-lab'

/** Applies objects in order. `namespace` is set on those that name none; cluster-wide kinds ignore it. */
export const apply = async (kube: Kube, manifests: readonly Manifest[], namespace?: string, as = fieldManager): Promise<void> => {
  for (const manifest of manifests) {
    const placed = namespace ? { ...manifest, metadata: { namespace, ...manifest.metadata } } : manifest
    try {
      await kube.objects.patch(placed, undefined, undefined, as, true, PatchStrategy.ServerSideApply)
    } catch (error) {
      throw new LabError(`The API server refused ${nameOf(manifest)}`, { why: refusal(error), cause: error })
    }
  }
}

/** Deletes an object; one that is not there is as good as deleted. */
export const remove = async (kube: Kube, manifest: Manifest, graceSeconds?: number): Promise<void> => {
  try {
    await kube.objects.delete(manifest, undefined, undefined, graceSeconds, undefined, 'Background')
  } catch (error) {
    if (!isNotFound(error)) throw new LabError(`${nameOf(manifest)} could not be deleted`, { why: refusal(error), cause: error })
  }
}

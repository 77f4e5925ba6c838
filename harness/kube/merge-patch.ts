// Changes only the named fields, regardless of their manager.
import { apiClient } from './api-client.ts'
import type { Kube } from './client.ts'

interface Patch {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown }
  readonly [field: string]: unknown
}

/** A list is replaced whole. */
export const mergePatch = async (kube: Kube, patch: Patch): Promise<void> => {
  const { MergePatch } = apiClient().PatchStrategy
  await kube.objects.patch(patch as never, undefined, undefined, undefined, undefined, MergePatch) // its types require whole objects
}

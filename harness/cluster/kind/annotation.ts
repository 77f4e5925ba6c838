// The annotation of a finished cluster: its shape and images, so that a later run knows whether it fits.
import * as z from 'zod'
import { apply } from '../../kube/apply.ts'
import { isNotFound } from '../../kube/client.ts'
import type { Kube } from '../../kube/client.ts'

const ClusterAnnotation = z.strictObject({
  shape: z.string(),
  /** Hash of the shape's file and the node image; a different hash means a different cluster. */
  made: z.string(),
  images: z
    .string()
    .transform((text) =>
      z.array(z.strictObject({ name: z.string(), reference: z.string(), from: z.string() })).parse(JSON.parse(text)),
    ),
})
export type ClusterAnnotation = z.infer<typeof ClusterAnnotation>

const at = { name: 'incident-lab', namespace: 'kube-system' }

export const writeAnnotation = (kube: Kube, mark: ClusterAnnotation): Promise<void> =>
  apply(kube, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: at, data: { ...mark, images: JSON.stringify(mark.images) } }])

/** Undefined for an unfinished cluster. */
export const readAnnotation = async (kube: Kube): Promise<ClusterAnnotation | undefined> => {
  try {
    const { data } = await kube.core.readNamespacedConfigMap(at)
    return ClusterAnnotation.safeParse(data).data
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

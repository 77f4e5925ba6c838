// The annotation of a finished cluster: its shape, platform and images, so that a later run knows whether it fits.
import { basename, dirname } from 'node:path'
import * as z from 'zod'
import { contentHash } from '../../artifact/cache.ts'
import { apply } from '../../kube/apply.ts'
import { isNotFound } from '../../kube/client.ts'
import type { Kube } from '../../kube/client.ts'
import { defaultPlatform, Platform } from '../../model/platform.ts'
import { shapePath } from '../../places.ts'
import { settingsOf } from './shape.ts'

const ClusterAnnotation = z.strictObject({
  shape: z.string(),
  /** Missing of a cluster that was made before there were platforms. */
  platform: z
    .string()
    .default(JSON.stringify(defaultPlatform))
    .transform((text) => Platform.parse(JSON.parse(text))),
  /** See `hashOf`; a different hash means a different cluster. */
  made: z.string(),
  images: z
    .string()
    .transform((text) =>
      z.array(z.strictObject({ name: z.string(), reference: z.string(), from: z.string() })).parse(JSON.parse(text)),
    ),
})
export type ClusterAnnotation = z.infer<typeof ClusterAnnotation>

/** Hash of the shape's file, the platform's settings and the reference of the node image. */
export const hashOf = ({ shape, platform, node }: Pick<ClusterAnnotation, 'shape' | 'platform'> & { readonly node: string }) => {
  const path = shapePath(shape)
  const settings = settingsOf(platform)
  return contentHash(dirname(path), [basename(path)], settings === null ? [node] : [node, settings])
}

const at = { name: 'incident-lab', namespace: 'kube-system' }

export const writeAnnotation = (kube: Kube, mark: ClusterAnnotation): Promise<void> =>
  apply(kube, [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: at,
      data: { ...mark, platform: JSON.stringify(mark.platform), images: JSON.stringify(mark.images) },
    },
  ])

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

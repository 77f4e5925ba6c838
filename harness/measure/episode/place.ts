// Places pods that select a small node on the node of their episode.
import type { Manifest } from '../../kube/client.ts'
import type { EpisodeTrial } from '../../model/scenario.ts'
import { sizeLabel } from '../../model/testbed.ts'

/** The objects with the node's name added to every node selector that names its size. */
export const placeOn = (objects: readonly Manifest[], node: string, size: EpisodeTrial['node']['size']): Manifest[] =>
  objects.map(
    (object) =>
      JSON.parse(JSON.stringify(object), (key, value: unknown) =>
        key === 'nodeSelector' && isMap(value) && sizeLabel(size) in value ? { ...value, 'kubernetes.io/hostname': node } : value,
      ) as Manifest,
  )

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null

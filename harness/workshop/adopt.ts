// What the learner makes outside of the namespace gets the lab's label as soon as it is there, so that every clean-up finds it.
import type { Kube } from '../kube/client.ts'
import { adoptObject } from '../kube/namespace.ts'
import { watchObjects } from '../kube/watch.ts'
import { namespace } from './staged.ts'

/** Of the kinds that exercises may ask for. */
const kinds = [
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' },
  { apiVersion: 'v1', kind: 'PersistentVolume' },
]

/** Those that are there already are somebody else's. Returns how to stop. */
export const adoptWhatIsMade = async (kube: Kube): Promise<() => Promise<void>> => {
  const others = new Set<string>()
  const watches = await Promise.all(
    kinds.map(({ apiVersion, kind }) =>
      watchObjects(kube, { apiVersion, kind }, (object, change) => {
        const { uid = '' } = object.metadata ?? {}
        if (change === 'listed') others.add(uid)
        if (change !== 'changed' || others.has(uid)) return
        others.add(uid) // once is enough
        adoptObject(kube, { ...object, apiVersion, kind }, namespace).catch(() => {}) // gone meanwhile
      }),
    ),
  )
  return async () => void (await Promise.all(watches.map((watch) => watch.stop())))
}

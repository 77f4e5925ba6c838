// Decides what the operator keeps in sight: the Fleets, the pods and the address book of one namespace.
import type { KubernetesObject, V1ConfigMap, V1Pod } from '@kubernetes/client-node'
import type { Api } from '../controller/api.ts'
import { mirror } from '../controller/mirror.ts'
import type { Mirror, Observer, Source } from '../controller/mirror.ts'
import { resource } from './fleet.ts'
import type { Fleet } from './fleet.ts'
import { addressBookName } from './kubernetes.ts'
import type { Seen } from './plan.ts'

/** Starts to look, until `signal` aborts. Nothing is seen until all of it is. */
export const look = (api: Api, namespace: string, observer: Observer, signal: AbortSignal): (() => Seen | undefined) => {
  const { group, version, plural } = resource
  const start = <T extends KubernetesObject>(source: Source<T>): Mirror<T> => mirror(api.config, source, observer, signal)
  const fleets = start<Fleet>({
    what: 'fleets',
    path: `/apis/${group}/${version}/namespaces/${namespace}/${plural}`,
    list: () => api.custom.listNamespacedCustomObject({ ...resource, namespace }),
  })
  const pods = start<V1Pod>({
    what: 'pods',
    path: `/api/v1/namespaces/${namespace}/pods`,
    list: () => api.core.listNamespacedPod({ namespace }),
  })
  const fieldSelector = `metadata.name=${addressBookName}`
  const books = start<V1ConfigMap>({
    what: 'address book',
    path: `/api/v1/namespaces/${namespace}/configmaps`,
    fieldSelector,
    list: () => api.core.listNamespacedConfigMap({ namespace, fieldSelector }),
  })
  return () => {
    const [seenFleets, seenPods, seenBooks] = [fleets(), pods(), books()]
    if (seenFleets === undefined || seenPods === undefined || seenBooks === undefined) return undefined
    return { fleets: seenFleets, pods: seenPods, addressBook: seenBooks[0]?.data ?? {} }
  }
}

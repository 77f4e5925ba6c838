// Decides which request carries out which action, and what makes it safe: it names the very pod that was seen.
import { PatchStrategy, setHeaderOptions } from '@kubernetes/client-node'
import { unless } from '../controller/api.ts'
import type { Api } from '../controller/api.ts'
import type { Cluster } from './act.ts'
import { finalizer, resource } from './fleet.ts'

/** Name of the ConfigMap that is the external record: address by pod. */
export const addressBookName = 'address-book'

/** The requests of one namespace. */
export const clusterOf = ({ core, custom }: Api, namespace: string): Cluster => {
  const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch)
  const patchBook = (data: Readonly<Record<string, string | null>>): Promise<boolean> =>
    unless(['NotFound'], core.patchNamespacedConfigMap({ name: addressBookName, namespace, body: { data } }, mergePatch))
  const createBook = (): Promise<boolean> =>
    unless(['AlreadyExists'], core.createNamespacedConfigMap({ namespace, body: { metadata: { name: addressBookName } } }))
  return {
    createPod: (body) => unless(['AlreadyExists'], core.createNamespacedPod({ namespace, body })),
    deletePod: (name, uid) =>
      unless(['NotFound', 'Conflict'], core.deleteNamespacedPod({ name, namespace, body: { preconditions: { uid } } })),
    removeFinalizer: (name, uid, finalizerIndex) => {
      const path = `/metadata/finalizers/${finalizerIndex}`
      const body = [
        { op: 'test', path: '/metadata/uid', value: uid },
        { op: 'test', path, value: finalizer },
        { op: 'remove', path },
      ]
      // A patch whose test fails is invalid.
      return unless(['NotFound', 'Invalid'], core.patchNamespacedPod({ name, namespace, body }))
    },
    recordAddress: async (podName, address) => {
      if (await patchBook({ [podName]: address })) return true
      if (address === null) return false
      await createBook()
      return patchBook({ [podName]: address })
    },
    reportStatus: (name, status) =>
      unless(
        ['NotFound'],
        custom.patchNamespacedCustomObjectStatus({ ...resource, namespace, name, body: { status } }, mergePatch),
      ),
  }
}

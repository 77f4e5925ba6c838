// Namespaces are made for one arm, admitted under the strictest PodSecurity level, and removed whole.
import { apply, remove } from './apply.ts'
import type { Kube, Manifest } from './client.ts'
import { listObjects, waitForObjects } from './watch.ts'

const mark = { 'app.kubernetes.io/managed-by': 'kubernetes-incident-lab' }
const selection = { apiVersion: 'v1', kind: 'Namespace', labelSelector: 'app.kubernetes.io/managed-by=kubernetes-incident-lab' }

const namespace = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted', ...mark } },
})

export const createNamespace = (kube: Kube, name: string): Promise<void> => apply(kube, [namespace(name)])

/** Removes every namespace the lab made, those of a run that was cut off too, and waits until they are gone. */
export const removeNamespaces = async (kube: Kube, signal: AbortSignal): Promise<void> => {
  const names = (await listObjects(kube, selection)).map((each) => each.metadata?.name ?? '')
  for (const name of names) await remove(kube, namespace(name))
  await waitForObjects<void>(kube, selection, { what: "the lab's namespaces to be gone", deadlineMs: 120_000, signal }, (left) =>
    left.length === 0 ? { value: undefined } : { notYet: `still there: ${left.map((each) => each.metadata?.name).join(', ')}` },
  )
}

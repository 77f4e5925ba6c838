// Namespaces are made for one arm, admitted under the strictest PodSecurity level, and removed whole.
import { apply, remove } from './apply.ts'
import type { Kube, Manifest } from './client.ts'
import { waitForObjects } from './watch.ts'

const namespace = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name,
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'app.kubernetes.io/managed-by': 'kubernetes-incident-lab' },
  },
})

export const createNamespace = (kube: Kube, name: string): Promise<void> => apply(kube, [namespace(name)])

export const removeNamespace = (kube: Kube, name: string): Promise<void> => remove(kube, namespace(name))

/** Waits until none of the namespaces is left. */
export const namespacesGone = (kube: Kube, names: readonly string[], signal: AbortSignal): Promise<void> =>
  waitForObjects<void>(
    kube,
    { apiVersion: 'v1', kind: 'Namespace' },
    { what: `the namespaces ${names.join(', ')} to be gone`, deadlineMs: 120_000, signal },
    (all) => {
      const left = all.map((each) => each.metadata?.name ?? '').filter((name) => names.includes(name))
      return left.length === 0 ? { value: undefined } : { notYet: `still there: ${left.join(', ')}` }
    },
  )

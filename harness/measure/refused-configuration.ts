// An Envoy that rejects its control plane's configuration never becomes ready, or keeps the old one: its log shows at once what it rejected.
import type { V1Pod } from '@kubernetes/client-node'
import type { Kube } from '../kube/client.ts'
import { waitFor } from '../kube/wait.ts'
import { LabError } from '../model/lab-error.ts'

/** Containers that run an Envoy with a control plane: Istio's sidecar, and the proxy of an Ingress controller. */
const envoys = new Set(['istio-proxy', 'envoy'])

/** Waits for `awaited`, and fails as soon as an Envoy of these namespaces has rejected something, without waiting for the deadline. */
export const unlessRefused = async <T>(
  kube: Kube,
  namespaces: readonly string[],
  signal: AbortSignal,
  awaited: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  try {
    const value = await Promise.race([awaited(either), firstRefusal(kube, namespaces, either)])
    await refuseOnRefusal(kube, namespaces) // an Envoy with an earlier good configuration is ready nevertheless
    return value
  } finally {
    over.abort()
  }
}

/** Looks until the signal fires. */
const firstRefusal = (kube: Kube, namespaces: readonly string[], signal: AbortSignal): Promise<never> =>
  waitFor<never>({ what: 'an Envoy to refuse', deadlineMs: Infinity, everyMs: 1000, signal }, async () => {
    await refuseOnRefusal(kube, namespaces)
    return { notYet: 'none has' }
  })

const refuseOnRefusal = async (kube: Kube, namespaces: readonly string[]): Promise<void> => {
  for (const namespace of namespaces) {
    const { items } = await kube.core.listNamespacedPod({ namespace })
    for (const pod of items) {
      const refused = refusals(await logOf(kube, namespace, pod))
      if (refused.length === 0) continue
      throw new LabError(`The Envoy of ${pod.metadata?.name} in ${namespace} refuses its configuration`, {
        why: refused[0] ?? '',
        evidence: refused.slice(1, 10),
        next: 'this build of Envoy does not know the configuration: change its source, or use the Envoy version it was written for',
      })
    }
  }
}

const logOf = async (kube: Kube, namespace: string, { metadata, spec }: V1Pod): Promise<string> => {
  const all = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]
  const container = all.find(({ name }) => envoys.has(name))?.name
  if (!container) return ''
  const name = metadata?.name ?? ''
  return kube.core.readNamespacedPodLog({ name, namespace, container, tailLines: 1000 }).catch(() => '') // not started yet, or gone
}

/** Distinct rejections in an Envoy's log: the kind of resource, its name, and the reason. */
export const refusals = (log: string): string[] => [
  ...new Set(
    [...log.matchAll(/gRPC config for type\.googleapis\.com\/(?:\w+\.)*(\w+) rejected: ([^\t\n]+)/g)].map(
      ([, kind, why]) => `${kind}: ${why}`,
    ),
  ),
]

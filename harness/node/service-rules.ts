// The rules of kube-proxy on the nodes. They lag behind the API server, by more than a second on a busy machine: until then a ready pod
// gets no connection through its Service.
import type { V1Pod, V1Service } from '@kubernetes/client-node'
import type { Kube } from '../kube/client.ts'
import { waitFor } from '../kube/wait.ts'
import { listObjects } from '../kube/watch.ts'
import type { NodeShell } from '../model/node-shell.ts'

/** Waits until kube-proxy of each node sends connections to every ready pod that a Service of these namespaces selects. */
export const servicesReachPods = async (
  kube: Kube,
  namespaces: readonly string[],
  shells: ReadonlyMap<string, NodeShell>,
  signal: AbortSignal,
  deadlineMs = 60_000,
): Promise<void> => {
  const addresses = (await Promise.all(namespaces.map((namespace) => selectedAddresses(kube, namespace)))).flat()
  if (addresses.length === 0) return
  const what = `kube-proxy to send connections to every ready pod of ${namespaces.join(', ')}`
  await waitFor<void>({ what, deadlineMs, signal }, async () => {
    const nodes = await Promise.all(
      [...shells].map(async ([node, shell]) => ({ node, lacking: lackingIn(await shell.run(printRules), addresses) })),
    )
    const behind = nodes
      .filter(({ lacking }) => lacking.length > 0)
      .map(({ node, lacking }) => `${node} lacks ${lacking.join(', ')}`)
    return behind.length === 0 ? { value: undefined } : { notYet: behind.join('; ') }
  })
}

/** A headless Service is in no rules: its clients find the pods by DNS. */
const selectedAddresses = async (kube: Kube, namespace: string): Promise<string[]> => {
  const services: readonly V1Service[] = await listObjects(kube, { apiVersion: 'v1', kind: 'Service', namespace })
  const selectors = services.flatMap(({ spec }) => (spec?.selector && spec.clusterIP !== 'None' ? [spec.selector] : []))
  const selected = await Promise.all(
    selectors.map((selector): Promise<readonly V1Pod[]> => {
      const labelSelector = Object.entries(selector).map(([label, value]) => `${label}=${value}`)
      return listObjects(kube, { apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: labelSelector.join(',') })
    }),
  )
  return [
    ...new Set(
      selected
        .flat()
        .filter(isReady)
        .flatMap(({ status }) => status?.podIP ?? []),
    ),
  ]
}

const isReady = ({ metadata, status }: V1Pod): boolean =>
  !metadata?.deletionTimestamp && (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True')

/** For both kube-proxy modes that kind uses by default: iptables and nftables. */
const printRules = '{ iptables-save --table nat; nft list table ip kube-proxy; } 2>/dev/null'

/** Addresses missing in the rules of a node; none if the rules are not kube-proxy's: another program implements Services then. */
export const lackingIn = (rules: string, addresses: readonly string[]): string[] => {
  if (!/KUBE-SERVICES|table ip kube-proxy/.test(rules)) return []
  const known = new Set(rules.match(/\d+(?:\.\d+){3}/g))
  return addresses.filter((address) => !known.has(address))
}

// The cluster's nodes as a run reaches them: a shell on each, which of them take workloads, and what a killed run left on them.
import type { V1Node } from '@kubernetes/client-node'
import type { Cluster } from '../cluster/provider.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { NodeAccess } from '../node/kubelet.ts'
import { restoreNode } from '../node/small-node.ts'

const controlPlane = 'node-role.kubernetes.io/control-plane'

/** A shell on each node; whoever opens them closes them. */
export const openShells = async ({ kube, openShell }: Cluster): Promise<ReadonlyMap<string, NodeShell>> => {
  const { items } = await kube.core.listNode()
  return new Map(items.map(({ metadata }) => [metadata?.name ?? '', openShell(metadata?.name ?? '')]))
}

/** Opens a shell on a node of the control plane, where kubectl may do everything. */
export const adminShell = async ({ kube, openShell }: Cluster): Promise<() => NodeShell> => {
  const { items } = await kube.core.listNode({ labelSelector: controlPlane })
  return () => openShell(items[0]?.metadata?.name ?? '')
}

/** Nodes that workloads run on. */
export const workers = async (
  { kube }: Cluster,
  shells: ReadonlyMap<string, NodeShell>,
  signal: AbortSignal,
): Promise<NodeAccess[]> => {
  const { items } = await kube.core.listNode()
  const isWorker = ({ metadata }: V1Node): boolean => !(controlPlane in (metadata?.labels ?? {}))
  return items.filter(isWorker).flatMap(({ metadata }) => {
    const name = metadata?.name ?? ''
    const shell = shells.get(name)
    return shell ? [{ kube, name, shell, signal }] : []
  })
}

/** Nodes that a killed run made small, or one that was told to keep everything. */
export const restoreLeftOvers = async (cluster: Cluster, signal: AbortSignal): Promise<void> => {
  const shells = await openShells(cluster)
  try {
    await Promise.all((await workers(cluster, shells, signal)).map(restoreNode))
  } finally {
    shells.forEach((shell) => shell.close())
  }
}

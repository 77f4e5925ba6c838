// The cluster's nodes during a run: a shell on each, the worker nodes, paused nodes, and leftovers of killed runs.
import { setTimeout as pause } from 'node:timers/promises'
import type { V1Node } from '@kubernetes/client-node'
import type { Cluster, Reach } from '../cluster/provider.ts'
import { labelNode } from '../kube/client.ts'
import type { NodeShell } from '../model/node-shell.ts'
import { nodeReady } from '../node/kubelet.ts'
import type { NodeAccess } from '../node/kubelet.ts'
import { isChanged, isSmall, restoreNode } from '../node/small-node.ts'
import { allToEnd } from './side-by-side.ts'

const controlPlane = 'node-role.kubernetes.io/control-plane'

/** Label of paused nodes. */
const pausedLabel = 'incident-lab/resting'

/** A shell on each running node; the caller closes them. */
export const openShells = async ({
  kube,
  openShell,
}: Pick<Reach, 'kube' | 'openShell'>): Promise<ReadonlyMap<string, NodeShell>> => {
  const { items } = await kube.core.listNode()
  return new Map(items.filter(isAwake).map(({ metadata }) => [metadata?.name ?? '', openShell(metadata?.name ?? '')]))
}

/** Opens a shell on a control plane node, where kubectl has full access. */
export const adminShell = async ({ kube, openShell }: Cluster): Promise<() => NodeShell> => {
  const { items } = await kube.core.listNode({ labelSelector: controlPlane })
  return () => openShell(items[0]?.metadata?.name ?? '')
}

/** Nodes that workloads run on. */
export const workerNodes = async (
  { kube }: Pick<Reach, 'kube'>,
  shells: ReadonlyMap<string, NodeShell>,
  signal: AbortSignal,
): Promise<NodeAccess[]> => {
  const { items } = await kube.core.listNode()
  return items.filter(isWorker).flatMap(({ metadata }) => {
    const name = metadata?.name ?? ''
    const shell = shells.get(name)
    return shell ? [{ kube, name, shell, signal }] : []
  })
}

const isWorker = ({ metadata }: V1Node): boolean => !(controlPlane in (metadata?.labels ?? {}))
const isAwake = ({ metadata }: V1Node): boolean => !(pausedLabel in (metadata?.labels ?? {}))

/** Restores nodes after a killed or kept run: none is paused, none is small. */
export const restoreLeftOvers = async (cluster: Reach, signal: AbortSignal): Promise<void> => {
  await resumeNodes(cluster, signal)
  await restoreNodes(cluster, signal)
}

/** Restores the running nodes. */
export const restoreNodes = async (cluster: Reach, signal: AbortSignal): Promise<void> =>
  void (await onWorkers(cluster, signal, restoreNode))

/** Names of running nodes that differ from their original state. */
export const changedNodes = async (cluster: Reach, signal: AbortSignal): Promise<string[]> =>
  (await onWorkers(cluster, signal, async (node) => ((await isChanged(node)) ? [node.name] : []))).flat()

const onWorkers = async <T>(cluster: Reach, signal: AbortSignal, work: (node: NodeAccess) => Promise<T>): Promise<T[]> => {
  const shells = await openShells(cluster)
  try {
    return await allToEnd((await workerNodes(cluster, shells, signal)).map(work))
  } finally {
    shells.forEach((shell) => shell.close())
  }
}

/** Keeps this many workers running, none of them small, and cordons and pauses the others, which then take no CPU time. */
export const pauseSpareNodes = async (cluster: Cluster, awake: number): Promise<void> => {
  const { items } = await cluster.kube.core.listNode()
  const all = items.filter(isWorker).toSorted((a, b) => Number(isSmall(a)) - Number(isSmall(b)))
  const names = all.slice(awake).map(({ metadata }) => metadata?.name ?? '')
  for (const name of names) await setPaused(cluster, name, true)
  if (names.length > 0) await cluster.rest(names)
}

/**
 * A kubelet that was paused for 30 s or more may first report its container runtime as down, since it heard nothing from it, and become
 * ready with its next report. It sends the first report at once.
 */
const firstReportMs = 3_000

export const pausedNodes = async ({ kube }: Reach): Promise<string[]> =>
  (await kube.core.listNode({ labelSelector: pausedLabel })).items.map(({ metadata }) => metadata?.name ?? '')

/** Reverts `pauseSpareNodes`; resolves when all nodes are ready. */
export const resumeNodes = async (cluster: Reach, signal: AbortSignal): Promise<void> => {
  const names = await pausedNodes(cluster)
  if (names.length === 0) return
  await cluster.wake(names)
  for (const name of names) await setPaused(cluster, name, false)
  await pause(firstReportMs, undefined, { signal })
  await Promise.all(names.map((name) => nodeReady({ kube: cluster.kube, name, signal })))
}

/** Cordons a paused node. */
const setPaused = ({ kube }: Pick<Reach, 'kube'>, name: string, rests: boolean): Promise<void> =>
  labelNode(kube, name, { [pausedLabel]: rests ? 'true' : null }, rests)

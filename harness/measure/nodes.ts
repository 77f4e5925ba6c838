// The cluster's nodes as a run reaches them: a shell on each, which of them take workloads, which rest, and what a killed run left on them.
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

/** Nodes that are let to rest carry it. */
const pausedLabel = 'incident-lab/resting'

/** A shell on each node that is awake; the caller closes them. */
export const openShells = async ({
  kube,
  openShell,
}: Pick<Reach, 'kube' | 'openShell'>): Promise<ReadonlyMap<string, NodeShell>> => {
  const { items } = await kube.core.listNode()
  return new Map(items.filter(isAwake).map(({ metadata }) => [metadata?.name ?? '', openShell(metadata?.name ?? '')]))
}

/** Opens a shell on a node of the control plane, where kubectl may do everything. */
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

/** Nodes as they were before a run that was killed, or that was asked to keep everything: none rests, none is small. */
export const restoreLeftOvers = async (cluster: Reach, signal: AbortSignal): Promise<void> => {
  await resumeNodes(cluster, signal)
  await restoreNodes(cluster, signal)
}

/** Of the nodes that are awake. */
export const restoreNodes = async (cluster: Reach, signal: AbortSignal): Promise<void> =>
  void (await onWorkers(cluster, signal, restoreNode))

/** Names of those that are awake and not as the cluster was made. */
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

/** Leaves so many workers awake, none of them small: nothing is scheduled on the others, and they take no CPU time. */
export const pauseSpareNodes = async (cluster: Cluster, awake: number): Promise<void> => {
  const { items } = await cluster.kube.core.listNode()
  const all = items.filter(isWorker).toSorted((a, b) => Number(isSmall(a)) - Number(isSmall(b)))
  const names = all.slice(awake).map(({ metadata }) => metadata?.name ?? '')
  for (const name of names) await setPaused(cluster, name, true)
  if (names.length > 0) await cluster.rest(names)
}

/**
 * A kubelet that rested for 30 s and more may say first that its container runtime is down, having heard nothing of it for so long, and be
 * ready with its next report. What it says first it says at once.
 */
const firstReportMs = 3_000

export const pausedNodes = async ({ kube }: Reach): Promise<string[]> =>
  (await kube.core.listNode({ labelSelector: pausedLabel })).items.map(({ metadata }) => metadata?.name ?? '')

/** All nodes as before `pauseSpareNodes`; resolves when they are ready. */
export const resumeNodes = async (cluster: Reach, signal: AbortSignal): Promise<void> => {
  const names = await pausedNodes(cluster)
  if (names.length === 0) return
  await cluster.wake(names)
  for (const name of names) await setPaused(cluster, name, false)
  await pause(firstReportMs, undefined, { signal })
  await Promise.all(names.map((name) => nodeReady({ kube: cluster.kube, name, signal })))
}

/** Nothing is scheduled on a node that rests. */
const setPaused = ({ kube }: Pick<Reach, 'kube'>, name: string, rests: boolean): Promise<void> =>
  labelNode(kube, name, { [pausedLabel]: rests ? 'true' : null }, rests)

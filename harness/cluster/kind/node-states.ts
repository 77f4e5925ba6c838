// Nodes that a run paused or changed, and reverting that, also after a killed run.
import { setTimeout as pause } from 'node:timers/promises'
import type { V1Node } from '@kubernetes/client-node'
import { docker } from '../../artifact/docker.ts'
import { labelNode } from '../../kube/client.ts'
import type { Kube } from '../../kube/client.ts'
import { nodeReady } from '../../node/kubelet.ts'
import type { NodeAccess } from '../../node/kubelet.ts'
import { isChanged, isSmall, restoreNode } from '../../node/small-node.ts'
import { allToEnd } from '../../side-by-side.ts'
import type { NodeStates } from '../provider.ts'
import { wake } from './nodes.ts'
import { openShell } from './shell.ts'

const controlPlane = 'node-role.kubernetes.io/control-plane'

/** Label of paused nodes. */
const pausedLabel = 'incident-lab/resting'

const namesOf = (nodes: readonly V1Node[]): string[] => nodes.map(({ metadata }) => metadata?.name ?? '')
const isWorker = ({ metadata }: V1Node): boolean => !(controlPlane in (metadata?.labels ?? {}))

/** Names of the running nodes: all, and those that workloads run on. The first one is of the control plane. */
export const runningNodes = async (kube: Kube): Promise<{ readonly all: string[]; readonly workers: string[] }> => {
  const { items } = await kube.core.listNode()
  const running = items.filter(({ metadata }) => !(pausedLabel in (metadata?.labels ?? {})))
  const controlPlanes = running.filter((node) => !isWorker(node))
  const workers = running.filter(isWorker)
  return { all: namesOf([...controlPlanes, ...workers]), workers: namesOf(workers) }
}

export const nodeStates = (kube: Kube): NodeStates => ({
  changed: async (signal) => (await onWorkers(kube, signal, async (node) => ((await isChanged(node)) ? [node.name] : []))).flat(),
  restore: async (signal) => void (await onWorkers(kube, signal, restoreNode)),
  paused: () => pausedNodes(kube),
  pauseSpare: async (running) => {
    const { items } = await kube.core.listNode()
    const all = items.filter(isWorker).toSorted((a, b) => Number(isSmall(a)) - Number(isSmall(b)))
    const names = namesOf(all.slice(running))
    for (const name of names) await setPaused(kube, name, true)
    if (names.length > 0) await docker(['pause', ...names])
  },
  resume: async (signal) => {
    const names = await pausedNodes(kube)
    if (names.length === 0) return
    await wake(names)
    for (const name of names) await setPaused(kube, name, false)
    await pause(firstReportMs, undefined, { signal })
    await Promise.all(names.map((name) => nodeReady({ kube, name, signal })))
  },
})

/**
 * A kubelet that was paused for 30 s or more may first report its container runtime as down, since it heard nothing from it, and become
 * ready with its next report. It sends the first report at once.
 */
const firstReportMs = 3_000

const pausedNodes = async (kube: Kube): Promise<string[]> =>
  namesOf((await kube.core.listNode({ labelSelector: pausedLabel })).items)

/** Cordons a paused node. */
const setPaused = (kube: Kube, name: string, isPaused: boolean): Promise<void> =>
  labelNode(kube, name, { [pausedLabel]: isPaused ? 'true' : null }, isPaused)

const onWorkers = async <T>(kube: Kube, signal: AbortSignal, work: (node: NodeAccess) => Promise<T>): Promise<T[]> => {
  const { workers } = await runningNodes(kube)
  const nodes = workers.map((name): NodeAccess => ({ kube, name, shell: openShell(name), signal }))
  try {
    return await allToEnd(nodes.map(work))
  } finally {
    nodes.forEach(({ shell }) => shell.close())
  }
}

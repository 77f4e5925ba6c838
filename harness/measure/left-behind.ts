// What commands that were cut off left behind: found by looking, since what was killed cannot tell. Nobody else may be at work meanwhile.
import type { Leftover, Provider, Reach } from '../cluster/provider.ts'
import { objectsOfLab, removeNamespaces } from '../kube/namespace.ts'
import type { Work } from '../model/work.ts'
import { changedNodes, restingNodes, restoreNodes, wakeNodes } from './nodes.ts'

/** In the order in which it is undone: nodes, what was deployed, then clusters, containers and files. What was made to stay is not among it. */
export const leftBehind = async (provider: Provider, work: Work): Promise<readonly Leftover[]> => {
  const { cluster, leftovers } = await provider.leftBehind(work)
  const all = [...(cluster ? await leftIn(cluster, work.signal) : []), ...leftovers]
  return all.filter(({ found }) => found.length > 0)
}

/** In a cluster that stays. */
const leftIn = async (cluster: Reach, signal: AbortSignal): Promise<readonly Leftover[]> => [
  { title: 'wake nodes that rest', found: await restingNodes(cluster), undo: () => wakeNodes(cluster, signal) },
  { title: 'make nodes as they were', found: await changedNodes(cluster, signal), undo: () => restoreNodes(cluster, signal) },
  {
    title: 'remove what was deployed',
    found: await objectsOfLab(cluster.kube),
    undo: () => removeNamespaces(cluster.kube, signal),
  },
]

// While an episode runs on a node, the node has CPU priority over deployments elsewhere.
import type { Cluster } from '../../cluster/provider.ts'
import { thenCleanUp } from '../side-by-side.ts'

/** Runs work while the node has CPU priority. With several episodes on one node, the last one ends it. */
export type WithCpuPriority = <T>(node: string, work: () => Promise<T>) => Promise<T>

export const cpuPriorityOf = (prioritize: Cluster['prioritize']): WithCpuPriority => {
  const stories = new Map<string, number>()
  const change = async (node: string, by: 1 | -1): Promise<void> => {
    const before = stories.get(node) ?? 0
    stories.set(node, before + by)
    if (before === 0 || before + by === 0) await prioritize(node, by === 1)
  }
  return async (node, work) => {
    await change(node, 1)
    return thenCleanUp(work, () => change(node, -1))
  }
}

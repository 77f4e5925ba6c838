// While an episode runs on a node, the node has CPU priority over deployments elsewhere.
import type { TestbedNode } from '../../model/testbed.ts'
import { thenCleanUp } from '../../side-by-side.ts'

type Prioritized = Pick<TestbedNode, 'prioritize'>

/** Runs work while the node has CPU priority. */
export type WithCpuPriority = <T>(node: Prioritized, work: () => Promise<T>) => Promise<T>

export const withCpuPriority: WithCpuPriority = async (node, work) => {
  await node.prioritize(true)
  return thenCleanUp(work, () => node.prioritize(false))
}

// The deployments of the current block; the next block gets new ones.
import type { Cluster } from '../../cluster/provider.ts'
import { removeNamespace, removeObjects } from '../../kube/namespace.ts'
import type { Copy } from '../../model/design.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Testbed } from '../../model/testbed.ts'
import { armNamespace } from '../../scenario/arm-manifests.ts'
import type { ScenarioFiles } from '../../scenario/arm-manifests.ts'
import { deployArms } from './deploy-arms.ts'
import type { DeployedArm } from './deploy-arms.ts'
import { requireRoom } from './room.ts'

export interface Deployments {
  /** Removes those of the block before, and deploys the arms of these trials. */
  readonly renew: (trials: readonly Copy[]) => Promise<void>
  readonly of: (trial: Copy) => DeployedArm
}

export const openDeployments = (
  cluster: Cluster,
  testbed: Testbed,
  scenario: Scenario,
  files: ScenarioFiles,
  signal: AbortSignal,
): Deployments => {
  const { kube } = cluster
  const standing = new Map<string, DeployedArm>()
  const namespaceOf = ({ arm, replica }: Copy): string => armNamespace(scenario.slug, arm, replica)
  return {
    renew: async (trials) => {
      const copies = trials.map((trial) => ({ arm: trial.arm, namespace: namespaceOf(trial) }))
      if (standing.size === 0) await requireRoom(cluster, files, copies) // no later block has more
      const isWanted = (name: string): boolean => copies.some(({ namespace }) => namespace === name)
      const remove = ({ namespace, manifests }: DeployedArm): Promise<void> =>
        isWanted(namespace) ? removeObjects(kube, manifests, namespace, signal) : removeNamespace(kube, namespace, signal)
      await Promise.all([...standing.values()].map(remove))
      standing.clear()
      for (const arm of await deployArms({ cluster, testbed, scenario, files, signal }, copies)) standing.set(arm.namespace, arm)
    },
    of: (trial) => {
      const arm = standing.get(namespaceOf(trial))
      if (!arm) throw new Error(`${namespaceOf(trial)} was planned but not deployed`)
      return arm
    },
  }
}

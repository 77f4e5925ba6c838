// A kind cluster that is open for measuring: a shell on each running node, and what is read and done there.
import type { Kube } from '../../kube/client.ts'
import { shellOn } from '../../model/node-shell.ts'
import type { PlacedContainer, Testbed, TestbedNode } from '../../model/testbed.ts'
import { containerCpu } from '../../node/cgroup-cpu.ts'
import { containerUsage } from '../../node/container-usage.ts'
import { watchHost } from '../../node/host-use.ts'
import type { NodeAccess } from '../../node/kubelet.ts'
import { servicesReachPods } from '../../node/service-rules.ts'
import { emptyNode, makeSmall, restoreNode } from '../../node/small-node.ts'
import { runAsAdmin } from './admin-script.ts'
import { runningNodes } from './node-states.ts'
import { nodeContainers } from './nodes.ts'
import { giveShare } from './shares.ts'
import { openShell } from './shell.ts'

export const openTestbed = async (kube: Kube): Promise<Testbed> => {
  const { all, workers } = await runningNodes(kube)
  const [controlPlane = ''] = all
  const isOfNode = await nodeContainers()
  const shells = new Map(all.map((name) => [name, openShell(name)]))
  const nodeOf = (name: string): TestbedNode => {
    const access = (signal: AbortSignal): NodeAccess => ({ kube, name, shell: shellOn(shells, name), signal })
    return {
      name,
      prepare: (wanted, addresses, signal) => makeSmall(access(signal), wanted, addresses),
      empty: (signal) => emptyNode(access(signal)),
      restore: (signal) => restoreNode(access(signal)),
      prioritize: (isPrioritized) => giveShare([name], isPrioritized ? 'prioritized' : 'usual'),
    }
  }
  return {
    nodes: workers.map(nodeOf),
    reach: (namespaces, signal) => servicesReachPods(kube, namespaces, shells, signal),
    noise: () => watchHost([...shells.values()], { proc: '/proc', isOfNode, lab: process.pid }),
    script: (script, signal) => runAsAdmin(() => openShell(controlPlane), script, signal), // of its own: it may take long
    cpu: async (containers) => {
      const nodes = [...new Set(containers.map(({ node }) => node))]
      const idsOn = (node: string): string[] => containers.filter((each) => each.node === node).map(({ id }) => id)
      const readers = await Promise.all(nodes.map((node) => containerCpu(shellOn(shells, node), idsOn(node))))
      return async () => {
        const each = await Promise.all(readers.map((read) => read()))
        return { atMs: each[0]?.atMs ?? 0, containers: each.flatMap((reading) => reading.containers) }
      }
    },
    usage: async (containers) => {
      const readerOf = ({ node, id }: PlacedContainer) => containerUsage(shellOn(shells, node), id)
      const readers = await Promise.all(containers.map(readerOf))
      return async () => {
        const each = await Promise.all(readers.map((read) => read()))
        const sum = (of: 'cpuMs' | 'memoryBytes'): number => each.reduce((total, usage) => total + usage[of], 0)
        return { cpuMs: sum('cpuMs'), memoryBytes: sum('memoryBytes') }
      }
    },
    shell: (node) => shellOn(shells, node),
    close: () => shells.forEach((shell) => shell.close()),
  }
}

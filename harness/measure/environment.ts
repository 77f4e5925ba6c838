// Where a run took place, as far as it may matter to its numbers.
import { cpus } from 'node:os'
import type { V1Node } from '@kubernetes/client-node'
import type { Cluster } from '../cluster/provider.ts'
import type { Environment } from '../model/run.ts'
import { labVersion } from '../places.ts'

export const describeEnvironment = async ({ kube, provider, shape, images, host }: Cluster): Promise<Environment> => {
  const { dockerEngine, ...machine } = host
  const { items } = await kube.core.listNode()
  const { gitVersion } = await kube.version.getCode()
  return {
    labVersion: await labVersion(),
    provider,
    shape,
    kubernetes: gitVersion,
    nodes: items.map(describeNode),
    images: images.map(({ reference, from }) => ({ name: reference, from })),
    host: { ...machine, cpuModel: cpus()[0]?.model ?? 'unknown' }, // in a virtual machine, too: those of this computer
    dockerEngine,
    node: process.version,
  }
}

const describeNode = ({ metadata, status }: V1Node): Environment['nodes'][number] => ({
  name: metadata?.name ?? '',
  kernel: status?.nodeInfo?.kernelVersion ?? '',
  os: status?.nodeInfo?.osImage ?? '',
  containerRuntime: status?.nodeInfo?.containerRuntimeVersion ?? '',
  kubelet: status?.nodeInfo?.kubeletVersion ?? '',
  cpus: Number(status?.capacity?.cpu ?? 0),
  memoryBytes: Number.parseInt(status?.capacity?.memory ?? '0', 10) * 1024, // reported in Ki
})

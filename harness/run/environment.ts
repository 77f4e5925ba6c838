// Where a run took place, as far as it may matter to its numbers.
import { cpus, release, totalmem } from 'node:os'
import { readFile } from 'node:fs/promises'
import type { V1Node } from '@kubernetes/client-node'
import type { Cluster } from '../cluster/provider.ts'
import type { Environment } from '../model/run.ts'

export const describeEnvironment = async ({ kube, provider, shape, images, host }: Cluster): Promise<Environment> => {
  const { items } = await kube.core.listNode()
  const { gitVersion } = await kube.version.getCode()
  return {
    labVersion: await labVersion(),
    provider,
    shape,
    kubernetes: gitVersion,
    nodes: items.map(describeNode),
    images: images.map(({ reference, from }) => ({ name: reference, from })),
    host: {
      cpus: cpus().length,
      cpuModel: cpus()[0]?.model ?? 'unknown',
      memoryBytes: totalmem(),
      kernel: release(),
      cgroup: host.cgroup,
    },
    dockerEngine: host.dockerEngine,
    node: process.version,
  }
}

const labVersion = async (): Promise<string> => {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  return manifest.version
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

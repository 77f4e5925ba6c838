// The environment of a run, as far as it may affect its numbers.
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { V1Node } from '@kubernetes/client-node'
import type { Cluster } from '../cluster/provider.ts'
import type { Environment } from '../model/environment.ts'
import { execa } from 'execa'
import { isThere, labVersion, repositoryRoot } from '../places.ts'

export const describeEnvironment = async ({ kube, provider, shape, platform, images, host }: Cluster): Promise<Environment> => {
  const { dockerEngine, ...machine } = host
  const { items } = await kube.core.listNode()
  const { gitVersion } = await kube.version.getCode()
  const labCommit = await commitOf(repositoryRoot)
  return {
    labVersion: await labVersion(),
    ...(labCommit === undefined ? {} : { labCommit }),
    provider,
    shape,
    platform,
    kubernetes: gitVersion,
    nodes: items.map(describeNode),
    images: images.map(({ reference, from }) => ({ name: reference, from })),
    host: { ...machine, ...cpuOfHost() }, // of this computer, even if the engine runs in a virtual machine
    dockerEngine,
    node: process.version,
  }
}

/** `speed` is 0 where the operating system does not report it. */
const cpuOfHost = (): Pick<Environment['host'], 'cpuModel' | 'cpuMhz'> => {
  const [cpu] = cpus()
  return { cpuModel: cpu?.model ?? 'unknown', ...(cpu && cpu.speed > 0 ? { cpuMhz: cpu.speed } : {}) }
}

/** The checked-out commit of a folder, with -dirty if its files were changed; undefined: no repository of its own, or no git. */
export const commitOf = async (folder: string): Promise<string | undefined> => {
  if (!(await isThere(join(folder, '.git')))) return undefined
  const { exitCode, stdout } = await execa('git', ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'], {
    cwd: folder,
    reject: false,
  })
  return exitCode === 0 ? stdout : undefined
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

// A node made small for a scenario, emptied between episodes, and made as it was: also after a run that was killed.
import { LabError, messageOf } from '../model/lab-error.ts'
import { runScript } from '../model/node-shell.ts'
import type { SmallNode } from '../model/run.ts'
import type { EpisodeTrial } from '../model/scenario.ts'
import { dropSettings, kubeletReady, labFolder, pressureOver, stoppedAt } from './kubelet.ts'
import type { KubeletSettings, NodeAccess } from './kubelet.ts'
import { emptyDisk, imageFolder, makeDiskSmall, removeDisk } from './small-disk.ts'
import { makeMemorySmall } from './small-memory.ts'

type Size = EpisodeTrial['node']['size']

const makers: Readonly<Record<Size, (node: NodeAccess, settings: KubeletSettings) => Promise<string>>> = {
  'small-memory': makeMemorySmall,
  'small-disk': makeDiskSmall,
}

/** Label of a node that has this size: manifests select it. */
export const sizeLabel = (size: Size): string => `incident-lab/${size}`

/** Makes the node small, or says why that cannot be had here. Whoever calls it restores the node, also when it fails half-way. */
export const makeSmall = async (node: NodeAccess, { size, kubelet, kubeletFlags }: EpisodeTrial['node']): Promise<SmallNode> => {
  try {
    const how = await makers[size](node, { fields: kubelet, flags: kubeletFlags })
    await setLabel(node, size, 'true')
    const { status } = await node.kube.core.readNode({ name: node.name })
    const { cpu = '', memory = '', ['ephemeral-storage']: disk = '' } = status?.capacity ?? {}
    return { name: node.name, how, capacity: { cpu, memory, 'ephemeral-storage': disk } }
  } catch (error) {
    if (node.signal.aborted) throw error
    throw new LabError(`${node.name} cannot be made ${size}`, {
      exit: 'cannotRun',
      why: messageOf(error),
      evidence: error instanceof LabError ? (error.details.evidence ?? []) : [],
      next: 'this scenario needs nodes on which the lab may mount file systems and restart the kubelet',
      cause: error,
    })
  }
}

/** Between two episodes: what pods left on the small disk goes, and pressure has to be over. */
export const emptyNode = async (node: NodeAccess): Promise<void> => {
  await runScript(node.shell, 'empty the small disk', `if mountpoint -q ${labFolder}/disk; then ${emptyDisk}; fi`)
  await pressureOver(node)
}

/** Capacity, taints, conditions, mounts, loop devices and label as they were. Does nothing to a node nothing was done to. */
export const restoreNode = async (node: NodeAccess): Promise<void> => {
  const printed = await runScript(
    node.shell,
    'make the node as it was',
    `[ -e ${labFolder} ] || [ -e ${imageFolder} ] || exit 0
${dropSettings}
if mountpoint -q /proc/meminfo; then umount /proc/meminfo; fi
${removeDisk}
rm -rf ${labFolder}
systemctl start kubelet`,
  )
  if (printed === '') return
  for (const size of Object.keys(makers) as Size[]) await setLabel(node, size, null)
  await kubeletReady(node, stoppedAt(printed))
}

const setLabel = async ({ kube, name }: NodeAccess, size: Size, value: string | null): Promise<void> => {
  await kube.objects.patch({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { [sizeLabel(size)]: value as string } } })
}

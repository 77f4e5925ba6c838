// Makes a node small for a scenario, empties it between episodes, and restores it, also after a killed run.
import type { V1Node } from '@kubernetes/client-node'
import { LabError, messageOf } from '../model/lab-error.ts'
import { labelNode } from '../kube/client.ts'
import { waitFor } from '../kube/wait.ts'
import { runScript } from '../model/node-shell.ts'
import type { SmallNode } from '../model/run.ts'
import type { EpisodeTrial } from '../model/scenario.ts'
import { sizeLabel } from '../model/testbed.ts'
import { configureKubelet, dropSettings, kubeletReady, labFolder, pressureOver, startStopped } from './kubelet.ts'
import type { KubeletSettings, NodeAccess } from './kubelet.ts'
import { emptyDisk, imageFolder, makeDiskSmall, removeDisk } from './small-disk.ts'
import { makeMemorySmall, releasePageCache } from './small-memory.ts'
import { heldAddresses, makePoolSmall, poolConfiguration, removePool } from './small-pool/small-pool.ts'

type Size = EpisodeTrial['node']['size']

type Maker = (node: NodeAccess, settings: KubeletSettings, addresses: number) => Promise<string>

const makers: Readonly<Record<Size, Maker>> = {
  ordinary: async (node, settings) => {
    await configureKubelet(node, settings)
    return 'only its kubelet has other settings'
  },
  'small-memory': makeMemorySmall,
  'small-disk': makeDiskSmall,
  'small-pool': makePoolSmall,
}

const sizes = ['ordinary', 'small-memory', 'small-disk', 'small-pool'] as const satisfies readonly Size[]

/** Whether the node has a size and was not restored. */
export const isSmall = ({ metadata }: V1Node): boolean => sizes.some((size) => sizeLabel(size) in (metadata?.labels ?? {}))

/**
 * Makes the node small, or throws with the reason. The caller restores the node, even after a partial failure. `addresses`:
 * of a small pool.
 */
export const makeSmall = async (
  node: NodeAccess,
  { size, kubelet, kubeletFlags }: EpisodeTrial['node'],
  addresses = 0,
): Promise<SmallNode> => {
  try {
    await runScript(
      node.shell,
      'revert the settings of another scenario',
      `if [ -e ${labFolder} ]; then ${revertScript}; mkdir -p ${labFolder}; fi`,
    )
    const how = await makers[size](node, { fields: kubelet, flags: kubeletFlags }, addresses)
    await setSize(node, size)
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

/** A hundred pods on each of six nodes release their addresses one by one: on two busy CPUs that takes more than a minute. */
const heldDeadlineMs = 300_000

/** Between two episodes: clears the small disk, the page cache and held addresses, and waits until pressure is over. */
export const emptyNode = async (node: NodeAccess): Promise<void> => {
  await runScript(node.shell, 'empty the small disk', `if mountpoint -q ${labFolder}/disk; then ${emptyDisk}; fi`)
  await runScript(node.shell, 'release the page cache', releasePageCache)
  const what = `${node.name} to hold no addresses`
  await waitFor({ what, deadlineMs: heldDeadlineMs, signal: node.signal }, async () => {
    const held = await runScript(node.shell, 'look at the addresses held', heldAddresses)
    return held === '' ? { value: undefined } : { notYet: `${held.split('\n').length} are held` }
  })
  await pressureOver(node)
}

/** Bash: whether the node has traces of the lab. */
const hasTraces = `[ -e ${labFolder} ] || [ -e ${imageFolder} ] || [ -e ${poolConfiguration} ]`

/** Whether the node has changes that `restoreNode` would revert. */
export const isChanged = async (node: NodeAccess): Promise<boolean> => {
  const traces = await runScript(node.shell, 'look for what was changed', `if ${hasTraces}; then echo changed; fi`)
  return traces !== '' || isSmall(await node.kube.core.readNode({ name: node.name }))
}

/** Restores capacity, taints, conditions, mounts, loop devices and label. Does nothing to an unchanged node. */
export const restoreNode = async (node: NodeAccess): Promise<void> => {
  const printed = await runScript(
    node.shell,
    'restore the node',
    `${hasTraces} || exit 0
trap 'systemctl is-active --quiet kubelet || systemctl start kubelet' EXIT # whatever fails on the way
${revertScript}
${startStopped}`,
  )
  await setSize(node, null) // a node that was restarted while small has only the label
  const startedAt = /^(\d+)$/m.exec(printed)?.[1]
  if (startedAt) await kubeletReady(node, Number(startedAt))
}

/** Bash: restores the node; stops a kubelet that had overrides. */
const revertScript = `${dropSettings}
if mountpoint -q /proc/meminfo; then umount /proc/meminfo; fi
${removeDisk}
${removePool}
rm -rf ${labFolder}`

/** Sets the size label of the node; null: an ordinary node of the cluster. */
const setSize = ({ kube, name }: NodeAccess, size: Size | null): Promise<void> =>
  labelNode(kube, name, Object.fromEntries(sizes.map((each) => [sizeLabel(each), each === size ? 'true' : null])))

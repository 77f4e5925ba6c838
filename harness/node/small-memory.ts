// A node of 2 GiB: the kubelet reads a meminfo that says so; where none can be mounted, it is told to keep the rest free.
import { runScript } from '../model/node-shell.ts'
import { configureKubelet, labFolder } from './kubelet.ts'
import type { KubeletSettings, NodeAccess } from './kubelet.ts'

const memoryMib = 2048

const readMeminfo = `${labFolder}/meminfo`

/**
 * Bash, for a node whose memory was made small: its cgroup gives up its page cache. To the kubelet, pages of files that were read more than
 * once are memory in use, and they outlive the pods that read them: a node's past would decide how much room an episode has.
 * Reclaims less than asked for where less can be had.
 */
export const releasePageCache = `if [ -e ${readMeminfo} ]; then
  cd /sys/fs/cgroup
  if [ -e memory/memory.force_empty ]; then echo 0 > memory/memory.force_empty || true
  elif [ -e memory.reclaim ]; then awk '/^(in)?active_file / {sum += $2} END {print sum}' memory.stat > memory.reclaim || true
  fi
fi`

/** Returns what it did, in words. Usage is that of the node's own cgroup either way, so the host's memory is never at stake. */
export const makeMemorySmall = async (node: NodeAccess, settings: KubeletSettings): Promise<string> => {
  const printed = await runScript(
    node.shell,
    'make the memory of the node small',
    `mkdir -p ${labFolder}
sed -E 's/^MemTotal:.*/MemTotal: ${memoryMib * 1024} kB/' /proc/meminfo > ${readMeminfo}
mount --bind ${readMeminfo} /proc/meminfo || awk '/^MemTotal:/ {print "total", $2}' /proc/meminfo
${releasePageCache}`,
  )
  const totalKib = Number(/^total (\d+)$/m.exec(printed)?.[1] ?? 0)
  await configureKubelet(node, totalKib === 0 ? settings : keepFree(settings, totalKib))
  return totalKib === 0
    ? `its kubelet reads a /proc/meminfo of ${memoryMib} MiB, mounted over the real one`
    : `threshold: its kubelet keeps all memory but ${memoryMib} MiB free, since nothing could be mounted over /proc/meminfo`
}

/** The same room for pods, and eviction at the same use, on a node that keeps its size. */
const keepFree = ({ fields, flags }: KubeletSettings, totalKib: number): KubeletSettings => {
  const hard = fields.evictionHard as Readonly<Record<string, string>>
  const thresholdMib = Number(/^(\d+)Mi$/.exec(hard['memory.available'] ?? '')?.[1] ?? 100)
  const keptMib = Math.floor(totalKib / 1024) - memoryMib + thresholdMib
  return { flags, fields: { ...fields, evictionHard: { ...hard, 'memory.available': `${keptMib}Mi` } } }
}

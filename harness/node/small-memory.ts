// A node of 2 GiB: the kubelet reads a meminfo that says so; if that cannot be mounted, the kubelet reserves the rest.
// A node's own usage depends on the machine: cgroup v2 counts slab, and node images differ. Pods have the same memory on all.
import * as z from 'zod'
import { runScript } from '../model/node-shell.ts'
import { configureKubelet, labFolder } from './kubelet.ts'
import type { KubeletSettings, NodeAccess } from './kubelet.ts'

const memoryMib = 2048

/** MiB that a node without the lab's pods uses, measured on cgroup v1 with the node image built here. The total adapts to other nodes. */
const ownMib = 80

const readMeminfo = `${labFolder}/meminfo`

/**
 * Bash: reclaims the page cache of a node's cgroup. The kubelet counts pages of files that were read more than once as used memory, and they
 * outlive the pods that read them: the history of a node would decide how much memory an episode has. Reclaims less if less is
 * available. Kernels before 5.19 lack memory.reclaim: there a temporary limit of each child does it, since a container may not set its own.
 */
const reclaim = `cd /sys/fs/cgroup
files() { awk '/^(in)?active_file / {sum += $2} END {printf "%.0f", sum}' $1/memory.stat; }
if [ -e memory/memory.force_empty ]; then echo 0 > memory/memory.force_empty || true
elif [ -e memory.reclaim ]; then files . > memory.reclaim || true
else for child in */; do
  [ -e $child/memory.high ] || continue
  echo $(($(cat $child/memory.current) - $(files $child))) > $child/memory.high || true
  echo max > $child/memory.high
done; fi`

/** Bash, for a node that may be small. */
export const releasePageCache = `if [ -e ${readMeminfo} ]; then ${reclaim}; fi`

/** Bash: prints \`working set N\`, MiB that the node uses, as the kubelet counts: without the pages of files that are read once. */
const workingSet = `cd /sys/fs/cgroup
if [ -e memory.current ]; then used=$(cat memory.current) key=inactive_file stat=memory.stat
else used=$(cat memory/memory.usage_in_bytes) key=total_inactive_file stat=memory/memory.stat; fi
echo "working set $(( (used - $(awk -v key=$key '$1 == key {printf "%.0f", $2}' $stat)) / 1048576 ))"`

/** Returns a description. Usage is that of the node's own cgroup in both cases, so the host's memory is never at risk. */
export const makeMemorySmall = async (node: NodeAccess, settings: KubeletSettings): Promise<string> => {
  const measured = await runScript(node.shell, 'look at what the node uses by itself', `${reclaim}\n${workingSet}`)
  const moreMib = Number(/^working set (\d+)$/m.exec(measured)?.[1] ?? ownMib) - ownMib
  const totalMib = memoryMib + moreMib
  const printed = await runScript(
    node.shell,
    'make the memory of the node small',
    `mkdir -p ${labFolder}
sed -E 's/^MemTotal:.*/MemTotal: ${totalMib * 1024} kB/' /proc/meminfo > ${readMeminfo}
mount --bind ${readMeminfo} /proc/meminfo || awk '/^MemTotal:/ {print "total", $2}' /proc/meminfo`,
  )
  const realKib = Number(/^total (\d+)$/m.exec(printed)?.[1] ?? 0)
  const reserved =
    moreMib > 0 ? { ...settings, fields: { ...settings.fields, systemReserved: { memory: `${moreMib}Mi` } } } : settings
  await configureKubelet(node, realKib === 0 ? reserved : keepFree(reserved, Math.floor(realKib / 1024) - totalMib))
  const room = `${totalMib} MiB, ${ownMib + moreMib} of them used by the node itself`
  return realKib === 0
    ? `its kubelet reads a /proc/meminfo of ${room}, mounted over the real one`
    : `threshold: its kubelet keeps all memory but ${room}, free, since nothing could be mounted over /proc/meminfo`
}

/** The same memory for pods, and eviction at the same usage, on a node that keeps its size. */
const keepFree = ({ fields, flags }: KubeletSettings, freeMib: number): KubeletSettings => {
  const hard = z.record(z.string(), z.string()).parse(fields.evictionHard)
  const thresholdMib = Number(/^(\d+)Mi$/.exec(hard['memory.available'] ?? '')?.[1] ?? 100)
  return { flags, fields: { ...fields, evictionHard: { ...hard, 'memory.available': `${freeMib + thresholdMib}Mi` } } }
}

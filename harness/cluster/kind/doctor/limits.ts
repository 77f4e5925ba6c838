// Resources of the engine's machine that nodes share: memory, inotify instances, the cgroup version.
import type { Finding } from '../../provider.ts'
import { dockerDesktop, gib, inotifyPerNode, memoryOf } from '../machine.ts'
import type { Machine } from '../machine.ts'
import { asRoot } from './debian.ts'

/** Of a run under steady load, such as `make demo`. */
const neededMemoryGib = memoryOf(3)

/** kind's documentation advises 512 or more for clusters of many nodes. */
export const enoughInotify = 1024
export const setInotify = `sysctl -w fs.inotify.max_user_instances=${enoughInotify}`

export const memory = ({ memoryBytes, os, isHere }: Machine): Finding => {
  const found = `${(memoryBytes / gib).toFixed(1)} GiB${isHere ? '' : ` in ${nameOf(os)}`}`
  if (memoryBytes / gib >= neededMemoryGib) return { name: 'memory', state: 'ok', found }
  return {
    name: 'memory',
    state: 'warning',
    found,
    why: `three workers take up to ${neededMemoryGib.toFixed(1)} GiB`,
    next: isHere ? 'expect evictions, or use a machine with more memory' : moreMemory(os),
  }
}

const nameOf = (os: string): string => (os === dockerDesktop ? "Docker Desktop's virtual machine" : "the engine's machine")

const moreMemory = (os: string): string =>
  os === dockerDesktop
    ? 'Docker Desktop: Settings > Resources > Memory limit'
    : 'give that machine more memory, for example with `colima stop && colima start --memory 8`'

/** The kernel's limit of inotify instances for one user, shared by all nodes. */
export const inotify = ({ inotifyInstances, cgroup, os, isHere }: Machine): Finding[] => {
  const name = 'inotify'
  if (!isHere) {
    const fix = `docker run --rm --privileged debian:bookworm-slim sh -c 'echo ${enoughInotify} > /proc/sys/fs/inotify/max_user_instances'`
    return [
      {
        name,
        state: 'ok',
        found: `not known: it is a limit of ${nameOf(os)}; if pods report "too many open files": \`${fix}\``,
      },
    ]
  }
  if (inotifyInstances === null) return []
  const found = `${inotifyInstances} instances for one user`
  if (inotifyInstances >= enoughInotify) return [{ name, state: 'ok', found }]
  return [
    {
      name,
      state: 'warning',
      found,
      why: `each node takes up to ${inotifyPerNode[cgroup]} on cgroup ${cgroup}, and fewer nodes mean a longer run; without free instances, kubelets and DNS fail silently`,
      next: asRoot ? `\`make setup\` or \`${setInotify}\`, until the next boot` : `\`sudo ${setInotify}\`, until the next boot`,
    },
  ]
}

export const cgroups = ({ cgroup }: Machine): Finding => ({ name: 'cgroup', state: 'ok', found: cgroup })

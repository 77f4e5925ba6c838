// How nodes share the CPUs of a busy machine, and how much of its memory one of them may take.
import { docker } from '../../artifact/docker.ts'
import { gib } from './machine.ts'
import type { Node } from './nodes.ts'

/**
 * The control plane has the largest share: it runs the API server and the clients whose requests are measured. Then come
 * nodes on which something is measured. By default all nodes have the same share, however many there are.
 */
const shares = { usual: 1024, prioritized: 4096, controlPlane: 10_240 } // 1024 is Docker's default

export const giveShare = async (names: readonly string[], share: keyof typeof shares): Promise<void> =>
  void (await docker(['update', '--cpu-shares', String(shares[share]), ...names]))

/**
 * The kernel kills a process in its node before the machine runs out. Kubelets read the machine's /proc/meminfo, and do not see this limit:
 * cAdvisor's GetSpec reads the limit of the root cgroup from there, with cgroup v1 and v2.
 */
export const limitMemory = async (names: readonly string[], mostGib: number): Promise<void> => {
  const bytes = String(Math.floor(mostGib * gib))
  await docker(['update', '--memory', bytes, '--memory-swap', bytes, ...names])
}

/** Workers that still have a larger share, left by a run that was killed while measuring. */
export const prioritizedNodes = async (all: readonly Node[]): Promise<string[]> => {
  const names = all.filter(({ role }) => role === 'worker').map(({ name }) => name)
  if (names.length === 0) return []
  const listed = await docker(['inspect', '--format', '{{.HostConfig.CpuShares}}', ...names])
  return names.filter((_, index) => Number(listed.split('\n')[index]) === shares.prioritized)
}

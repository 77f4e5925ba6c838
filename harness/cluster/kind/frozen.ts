// Nodes that cannot exit. On cgroup v1 runc freezes a pod's cgroup while it changes the pod's device permissions. If the node is killed at that moment,
// the pod stays frozen, no signal reaches it, and the node's first process never ends: Docker says "did not receive an exit event".
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const freezer = '/sys/fs/cgroup/freezer'

/**
 * Thaws frozen cgroups in these containers, and returns their number: none on cgroup v2, where frozen processes can be killed, and
 * none if the engine's cgroups are not those of this machine. `ids`: full container ids.
 */
export const thaw = async (ids: readonly string[], root = freezer): Promise<number> => {
  const files = await readdir(root, { recursive: true }).catch((): string[] => [])
  const states = files.filter((file) => file.endsWith('/freezer.state') && ids.some((id) => file.includes(id)))
  const thawed = await Promise.all(states.map((file) => thawOne(join(root, file))))
  return thawed.filter(Boolean).length
}

/** Whether it thawed a frozen cgroup. False also for a removed cgroup or one that this user may not change. */
const thawOne = async (path: string): Promise<boolean> => {
  try {
    if ((await readFile(path, 'utf8')).trim() !== 'FROZEN') return false
    await writeFile(path, 'THAWED')
    return true
  } catch {
    return false
  }
}

// Nodes that cannot end. On cgroup v1 runc freezes a pod's cgroup while it changes which devices the pod may use. Where the node is killed at that moment,
// the pod stays frozen, no signal reaches it, and the node's first process never ends: Docker says "did not receive an exit event".
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const freezer = '/sys/fs/cgroup/freezer'

/**
 * Thaws what is frozen in these containers, and returns how many cgroups that were: none on cgroup v2, where frozen processes can be killed, and
 * none where the engine's cgroups are not those of this machine. `ids`: of containers, whole.
 */
export const thaw = async (ids: readonly string[], root = freezer): Promise<number> => {
  const files = await readdir(root, { recursive: true }).catch((): string[] => [])
  const states = files.filter((file) => file.endsWith('/freezer.state') && ids.some((id) => file.includes(id)))
  const thawed = await Promise.all(states.map((file) => thawOne(join(root, file))))
  return thawed.filter(Boolean).length
}

/** Whether it was frozen and now is not. A cgroup that is gone, or that this user may not change, is neither. */
const thawOne = async (path: string): Promise<boolean> => {
  try {
    if ((await readFile(path, 'utf8')).trim() !== 'FROZEN') return false
    await writeFile(path, 'THAWED')
    return true
  } catch {
    return false
  }
}

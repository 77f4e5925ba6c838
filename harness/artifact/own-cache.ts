// Root must not run files that other users can replace: refuses a cache of another user, or one that others may write to.
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { LabError } from '../model/lab-error.ts'

const root = 0
const [groupWrites, othersWrite, sticky] = [0o020, 0o002, 0o1000]

/** Refuses a file or folder that users other than root can change or replace. Checks only if the lab runs as root. */
export const requireOwnCache = async (path: string): Promise<void> => {
  if (process.getuid?.() !== root) return
  const found = await changeable(path, true)
  if (found === undefined) return
  throw new LabError(`Other users can change ${found}, and the lab runs files of ${path} as root`, {
    why: 'root would run any file that they put there',
    next: `make root the only owner (chown root, chmod go-w), or set LAB_CACHE to a folder of root, such as /var/cache/kubernetes-incident-lab`,
    exit: 'cannotRun',
  })
}

/** The path, or its nearest parent, that others can change. A sticky folder such as /tmp protects files from other users. */
const changeable = async (path: string, isItself: boolean): Promise<string | undefined> => {
  const { uid, gid, mode } = await stat(path)
  const isOpen = (mode & othersWrite) !== 0 || ((mode & groupWrites) !== 0 && gid !== root)
  const isSafeToPass = !isItself && (mode & sticky) !== 0
  if (uid !== root || (isOpen && !isSafeToPass)) return path
  return dirname(path) === path ? undefined : changeable(dirname(path), false)
}

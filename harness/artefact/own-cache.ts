// Root runs nothing from where others can put it: a cache of another user, or one that others may write to, is refused.
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { LabError } from '../model/lab-error.ts'

const root = 0
const [groupWrites, othersWrite, sticky] = [0o020, 0o002, 0o1000]

/** Refuses a file or a folder that others than root can change, or put another one in the place of. Only root is asked. */
export const requireOwnCache = async (path: string): Promise<void> => {
  if (process.getuid?.() !== root) return
  const found = await changeable(path, true)
  if (found === undefined) return
  throw new LabError(`${found} can be changed by other users, and the lab runs as root what lies in ${path}`, {
    why: 'root would run whatever they put there',
    next: `let it belong to root alone (chown root, chmod go-w), or set LAB_CACHE to a folder of root, such as /var/cache/kubernetes-incident-lab`,
    exit: 'cannotRun',
  })
}

/** The path, or the nearest folder above it, that others can change. In a folder such as /tmp nobody can rename what is another's. */
const changeable = async (path: string, isItself: boolean): Promise<string | undefined> => {
  const { uid, gid, mode } = await stat(path)
  const isOpen = (mode & othersWrite) !== 0 || ((mode & groupWrites) !== 0 && gid !== root)
  const isSafeToPass = !isItself && (mode & sticky) !== 0
  if (uid !== root || (isOpen && !isSafeToPass)) return path
  return dirname(path) === path ? undefined : changeable(dirname(path), false)
}

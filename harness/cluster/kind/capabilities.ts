// Linux capabilities that this machine cannot give a container, because its own bounding set lacks them.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The capabilities of a privileged container that some machines lack: number and name, as in linux/capability.h. */
const known = new Map([
  [12, 'CAP_NET_ADMIN'],
  [21, 'CAP_SYS_ADMIN'],
  [24, 'CAP_SYS_RESOURCE'],
])

/** None without /proc: such a machine runs no containers itself. `root`: folder that contains /proc. */
export const missingCapabilities = async (root = '/'): Promise<string[]> => {
  const status = await readFile(join(root, 'proc/self/status'), 'utf8').catch(() => '')
  const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? 'ffffffffffffffff'}`)
  return [...known].filter(([bit]) => ((bounding >> BigInt(bit)) & 1n) === 0n).map(([, name]) => name)
}

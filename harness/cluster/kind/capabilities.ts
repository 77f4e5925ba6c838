// Linux capabilities this machine cannot hand to a container, because its own bounding set lacks them.
import { readFile } from 'node:fs/promises'

/** Those a privileged container asks for and whose lack has been met: number and name, as in linux/capability.h. */
const known = new Map([
  [12, 'CAP_NET_ADMIN'],
  [21, 'CAP_SYS_ADMIN'],
  [24, 'CAP_SYS_RESOURCE'],
])

export const missingCapabilities = async (): Promise<string[]> => {
  const status = await readFile('/proc/self/status', 'utf8')
  const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? 'ffffffffffffffff'}`)
  return [...known].filter(([bit]) => ((bounding >> BigInt(bit)) & 1n) === 0n).map(([, name]) => name)
}

// How nodes share the CPUs of a busy machine.
import { docker } from './engine.ts'
import type { Node } from './nodes.ts'

/**
 * The control plane comes first: the API server is there, and the clients whose requests are measured. Then come
 * nodes on which something is measured. By default all nodes have the same share, however many there are.
 */
const shares = { usual: 1024, favoured: 4096, controlPlane: 10_240 } // 1024 is Docker's default

export const giveShare = async (names: readonly string[], share: keyof typeof shares): Promise<void> =>
  void (await docker(['update', '--cpu-shares', String(shares[share]), ...names]))

/** Workers that still have a larger share, of a run that was killed while it measured there. */
export const favouredNodes = async (all: readonly Node[]): Promise<string[]> => {
  const names = all.filter(({ role }) => role === 'worker').map(({ name }) => name)
  if (names.length === 0) return []
  const listed = await docker(['inspect', '--format', '{{.HostConfig.CpuShares}}', ...names])
  return names.filter((_, index) => Number(listed.split('\n')[index]) === shares.favoured)
}

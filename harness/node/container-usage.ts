// CPU time and memory of a container, read on its node from its cgroup, v1 or v2.
import { printFile } from '../model/node-shell.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { Usage } from '../model/testbed.ts'
import { cgroupOf } from './cgroup-cpu.ts'

/** Finds the cgroup of a container; the function reads it. cgroup v2 has one folder, v1 one per controller; missing files print nothing. */
export const containerUsage = async (shell: NodeShell, id: string): Promise<() => Promise<Usage>> => {
  const { cpu, usage, memory } = await cgroupOf(shell, id)
  const files = [`${cpu}/cpu.stat`, `${usage}/cpuacct.usage`, `${memory}/memory.stat`]
  const current = [`${memory}/memory.current`, `${memory}/memory.usage_in_bytes`]
  const script = [...files.map(printFile), 'echo memory', ...current.map(printFile)].join('; ')
  return async () => parseUsage(await shell.run(script))
}

/** Parses a reading: v1's CPU time is a single number in ns; v2's is in cpu.stat, in µs. */
export const parseUsage = (text: string): Usage => {
  const [statistics = '', memory = ''] = text.split(/^memory$/m)
  const usec = /^usage_usec (\d+)$/m.exec(statistics)?.[1]
  const nsec = /^(\d+)$/m.exec(statistics)?.[1]
  const inactive = /^(?:total_)?inactive_file (\d+)$/gm
  const files = [...statistics.matchAll(inactive)].at(-1)?.[1] // v1 also has a total over children, later in the file
  return {
    cpuMs: usec ? Number(usec) / 1000 : Number(nsec) / 1e6,
    memoryBytes: Number(/^(\d+)$/m.exec(memory)?.[1]) - Number(files ?? 0),
  }
}

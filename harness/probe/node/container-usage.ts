// CPU time and memory of a remedy's additions, such as a proxy or a control plane. Read on the nodes, from the containers' cgroups.
import * as z from 'zod'
import { printFile, shellOn } from '../../model/node-shell.ts'
import type { NodeShell } from '../../model/node-shell.ts'
import { cgroupOf } from '../kit/cgroup-cpu.ts'
import { defineProbe } from '../kit/probe.ts'
import type { MetricDefinition } from '../../model/metric.ts'
import type { ProbeContext } from '../kit/probe.ts'
import { containersAt, ContainerTarget } from '../kit/pods.ts'

const trial = { combined: 'median', observation: 'trial' } as const

export const probe = defineProbe({
  /** By prefix of the metrics, the containers that are counted together. Arms without any get no such metric. */
  options: z.record(z.string(), z.array(ContainerTarget)),
  metrics: (options) =>
    Object.fromEntries(
      Object.keys(options).flatMap((prefix): [string, MetricDefinition][] => {
        const who = prefix.replaceAll('_', ' ')
        const cpu = `CPU that the ${who} used; 1,000 millicores are one CPU`
        const memory = `working set of the ${who}, as \`kubectl top\` counts it`
        return [
          [`${prefix}_cpu_millicores`, { label: `${who} CPU`, meaning: cpu, unit: 'millicores', ...trial }],
          [`${prefix}_memory_mib`, { label: `${who} memory`, meaning: memory, unit: 'MiB', ...trial }],
        ]
      }),
    ),
  start: async (context, options) => {
    const meters = await Promise.all(
      Object.entries(options).map(async ([prefix, where]) => ({ prefix, read: await usageReader(context, where) })),
    )
    const counted = meters.flatMap(({ prefix, read }) => (read ? [{ prefix, read }] : []))
    const before = await Promise.all(counted.map(({ read }) => read()))
    const startedMs = performance.now()
    return {
      end: async () => {
        const elapsedMs = performance.now() - startedMs
        const after = await Promise.all(counted.map(({ read }) => read()))
        const metrics = counted.flatMap(({ prefix }, index) => {
          const [from, to] = [before[index], after[index]]
          if (!from || !to || !Number.isFinite(to.memoryBytes)) return [] // a container disappeared meanwhile
          const cpuMs = to.cpuMs - from.cpuMs
          return [
            [`${prefix}_cpu_millicores`, cpuMs / (elapsedMs / 1000)] as const,
            [`${prefix}_memory_mib`, to.memoryBytes / 1024 ** 2] as const,
          ]
        })
        return { metrics: Object.fromEntries(metrics) }
      },
    }
  },
})

interface Usage {
  readonly cpuMs: number
  /** As `kubectl top` counts it: the working set, without reclaimable page cache. */
  readonly memoryBytes: number
}

/** Reads the sum of all containers; undefined if there are none. */
const usageReader = async (
  context: ProbeContext,
  where: readonly ContainerTarget[],
): Promise<(() => Promise<Usage>) | undefined> => {
  const containers = (await Promise.all(where.map((each) => containersAt(context, each)))).flat()
  if (containers.length === 0) return undefined
  const readers = await Promise.all(containers.map(({ node, id }) => readerOf(shellOn(context.shells, node), id)))
  return async () => {
    const all = await Promise.all(readers.map((read) => read()))
    const sum = (value: (usage: Usage) => number): number => all.reduce((total, usage) => total + value(usage), 0)
    return { cpuMs: sum(({ cpuMs }) => cpuMs), memoryBytes: sum(({ memoryBytes }) => memoryBytes) }
  }
}

/** cgroup v2 has one folder, v1 one per controller; missing files print nothing. */
const readerOf = async (shell: NodeShell, id: string): Promise<() => Promise<Usage>> => {
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

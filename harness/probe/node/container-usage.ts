// CPU time and memory of a remedy's additions, such as a proxy or a control plane.
import * as z from 'zod'
import { defineProbe } from '../kit/probe.ts'
import type { MetricDefinition } from '../../model/metric.ts'
import type { Usage } from '../../model/testbed.ts'
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

/** Reads the sum of all containers; undefined if there are none. */
const usageReader = async (
  context: ProbeContext,
  where: readonly ContainerTarget[],
): Promise<(() => Promise<Usage>) | undefined> => {
  const containers = (await Promise.all(where.map((each) => containersAt(context, each)))).flat()
  return containers.length > 0 ? context.testbed.usage(containers) : undefined
}

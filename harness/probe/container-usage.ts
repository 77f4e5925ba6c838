// CPU time and memory of helper pods, such as a proxy: what a remedy costs. From the container's own cgroup counters.
import * as z from 'zod'
import { runInPod } from '../kube/exec.ts'
import { defineProbe } from './probe.ts'
import type { ProbeContext } from './probe.ts'
import { podNames } from './pods.ts'

export const probe = defineProbe({
  /** `of`: label selector; `as`: prefix of the metrics. Arms without such pods get no such metric. */
  options: z.strictObject({ of: z.string(), as: z.string() }),
  metrics: ({ as }) => ({
    [`${as}_cpu_millicores`]: { unit: 'millicores', combined: 'median', observation: 'trial' },
    [`${as}_memory_mib`]: { unit: 'MiB', combined: 'median', observation: 'trial' },
  }),
  start: async (context, options) => {
    const pods = await podNames(context.kube, context.namespace, options.of)
    const before = await readAll(context, pods)
    const startedMs = performance.now()
    return {
      end: async () => {
        if (pods.length === 0) return { metrics: {} }
        const after = await readAll(context, pods)
        const elapsedMs = performance.now() - startedMs
        return {
          metrics: {
            [`${options.as}_cpu_millicores`]: (after.cpuUs - before.cpuUs) / elapsedMs,
            [`${options.as}_memory_mib`]: after.memoryBytes / 1024 ** 2,
          },
        }
      },
    }
  },
})

interface Usage {
  readonly cpuUs: number
  readonly memoryBytes: number
}

const readAll = async (context: ProbeContext, pods: readonly string[]): Promise<Usage> => {
  const all = await Promise.all(pods.map((pod) => read(context, pod)))
  return {
    cpuUs: all.reduce((sum, each) => sum + each.cpuUs, 0),
    memoryBytes: all.reduce((sum, each) => sum + each.memoryBytes, 0),
  }
}

/** cgroup v2 has one tree, v1 one a controller; the files that are not there are passed over. */
const script =
  'cd /sys/fs/cgroup; cat cpu.stat memory.current 2>/dev/null || { echo usage_nsec $(cat cpuacct/cpuacct.usage); cat memory/memory.usage_in_bytes; }'

const read = async ({ kube, namespace, signal }: ProbeContext, pod: string): Promise<Usage> => {
  const text = await runInPod(kube, { namespace, pod, container: '' }, ['sh', '-c', script], signal)
  const nsec = /^usage_nsec (\d+)$/m.exec(text)?.[1]
  const usec = /^usage_usec (\d+)$/m.exec(text)?.[1]
  return { cpuUs: nsec ? Number(nsec) / 1000 : Number(usec), memoryBytes: Number(/^(\d+)$/m.exec(text)?.[1]) }
}

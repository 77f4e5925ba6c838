// The service's own calibration at start: the work of a request, in CPU time of this machine.
import * as z from 'zod'
import { defineProbe } from '../kit/probe.ts'
import { runningPods } from '../kit/pods.ts'

const Calibrated = z.object({
  event: z.literal('calibrated'),
  cpuMsPerRequest: z.number(),
  roundsPerChunk: z.number(),
  chunkUs: z.number(),
  trialBurnsMs: z.object({ min: z.number(), median: z.number(), max: z.number() }),
})

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    calibrated_cpu_ms: {
      label: 'calibrated CPU time',
      meaning: 'CPU time of one request’s work, as the service measured it when it started',
      unit: 'ms',
      combined: 'median',
      observation: 'trial',
    },
  }),
  start: async ({ kube, namespace, servers }) => {
    const pods = await runningPods(kube, namespace, servers)
    const logs = await Promise.all(
      pods.map((pod) => kube.core.readNamespacedPodLog({ namespace, name: pod.metadata?.name ?? '', limitBytes: 10_000 })),
    )
    const found = logs.map((log) => {
      const line = log.split('\n').find((each) => each.includes('"calibrated"'))
      return Calibrated.parse(JSON.parse(line ?? 'null'))
    })
    const burns = found.map(({ trialBurnsMs: { min, median, max } }) => `${min} to ${max} ms, median ${median}`)
    return {
      proof: [`calibrated by each serving pod at its start, CPU time of ten requests' work: ${burns.join(' · ')}`],
      end: async () => ({ metrics: { calibrated_cpu_ms: Math.max(...found.map((each) => each.trialBurnsMs.median)) } }),
    }
  },
})

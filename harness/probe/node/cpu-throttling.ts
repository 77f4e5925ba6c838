// Throttling of the server pods: their cpu.stat, ten times a second for the shape, first and last for the amount.
import type { V1Pod } from '@kubernetes/client-node'
import { sampleCorrelation } from 'simple-statistics'
import * as z from 'zod'
import type { LoadResult } from '../../model/trial.ts'
import type { ContainerCpu, CpuCounters, CpuReading, Quota } from '../../model/testbed.ts'
import { defineProbe } from '../kit/probe.ts'
import { runningPods, runtimeId } from '../kit/pods.ts'
import { lookEvery } from '../kit/sample.ts'

const everyMs = 100
const perSecond = 1000 / everyMs

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    throttled_ratio: {
      label: 'throttled periods, share',
      brief: 'throttled',
      meaning: 'share of the CFS periods in which the quota stopped the container: nr_throttled / nr_periods of its cgroup',
      unit: 'ratio',
      combined: 'median',
      observation: 'trial',
    },
    throttled_periods: {
      label: 'throttled periods',
      meaning: 'CFS periods in which the quota stopped the container: growth of nr_throttled',
      unit: 'periods',
      counts: true,
      combined: 'sum',
      observation: 'trial',
    },
    throttled_ms_per_request: {
      label: 'throttled per request',
      brief: 'throttled/req',
      meaning: 'time the container was stopped, for each request that was answered',
      unit: 'ms',
      combined: 'median',
      observation: 'request',
    },
    pod_throttled_periods: {
      label: 'throttled periods, pod',
      meaning: 'CFS periods in which the quota of the whole pod stopped it',
      unit: 'periods',
      counts: true,
      combined: 'sum',
      observation: 'trial',
    },
    cpu_limit_millicores: {
      label: 'CPU limit',
      meaning: 'the CFS quota as it was in force; 1,000 millicores are one CPU',
      unit: 'millicores',
      combined: 'median',
      observation: 'trial',
    },
    pod_cpu_limit_millicores: {
      label: 'CPU limit of the pod',
      meaning: 'the CFS quota of the pod’s own cgroup: the sum of its containers’ limits, where each has one',
      unit: 'millicores',
      combined: 'median',
      observation: 'trial',
    },
    cpu_request_millicores: {
      label: 'CPU request',
      meaning: 'what the scheduler reserves, and the weight by which the kernel shares CPU time',
      unit: 'millicores',
      combined: 'median',
      observation: 'trial',
    },
    cpu_use_of_limit: {
      label: 'use of the CPU limit',
      brief: 'of limit',
      meaning: 'CPU time used / CPU time that the limit grants over the whole window: what a dashboard averages',
      unit: 'ratio',
      combined: 'median',
      observation: 'trial',
    },
    cpu_ms_per_request: {
      label: 'CPU time per request',
      brief: 'CPU/req',
      meaning: 'CPU time the servers used, for each answer',
      unit: 'ms',
      combined: 'median',
      observation: 'request',
    },
    throttling_latency_correlation: {
      label: 'throttling and latency, r',
      meaning:
        'Pearson’s r between a request’s latency and how long its container was stopped meanwhile; none where nothing was stopped',
      unit: 'r',
      combined: 'median',
      observation: 'request',
    },
  }),
  start: async ({ kube, namespace, servers, testbed }) => {
    const pods = await runningPods(kube, namespace, servers)
    const firstOf = (pod: V1Pod) => ({ node: pod.spec?.nodeName ?? '', id: runtimeId(pod.status?.containerStatuses?.[0]) })
    const readAll = await testbed.cpu(pods.map(firstOf))
    const readings: CpuReading[] = []
    const sampling = lookEvery(everyMs, async () => void readings.push(await readAll()))
    await sampling.first
    const requested = pods[0]?.spec?.containers[0]?.resources?.requests?.cpu
    return {
      proof: [proofOf(readings[0]?.containers ?? [])],
      stop: sampling.stop,
      seen: () => ({ series: seriesOf((counted) => growth(readings.slice(-perSecond - 1), counted, readings[0], 0)) }),
      end: async ({ load }) => {
        await sampling.end()
        const metrics = { ...metricsOf(readings, load), cpu_request_millicores: millicores(requested ?? '0') }
        return { metrics, series: seriesOf((counted) => throttledOverTime(readings, load, counted)) }
      },
    }
  },
})

type Points = [number, number][]

const seriesOf = (points: (counted: Counted) => Points) => ({
  throttled_ms: { label: 'throttled time', unit: 'ms', points: points(ofContainer) },
  pod_throttled_ms: { label: 'throttled time, pod', unit: 'ms', points: points(ofPod) },
})

const proofOf = (containers: readonly ContainerCpu[]): string => {
  const words = (quota: Quota | null): string => (quota ? `${quota.quotaMs} ms in each ${quota.periodMs} ms` : 'none')
  const quotas = containers.map(({ quota, podQuota }) => `container ${words(quota)}, its pod ${words(podQuota)}`)
  return `CFS quota in the cgroups of each serving pod, before the load: ${quotas.join(' · ')}`
}

const metricsOf = (readings: readonly CpuReading[], load: LoadResult): Record<string, number> => {
  const [first, last] = [beforeWindow(readings, load), readings.at(-1)]
  if (!first || !last) return {}
  const grown = (counter: (each: ContainerCpu) => number): number => total(last, counter) - total(first, counter)
  const periods = grown(({ container }) => container.periods)
  const throttled = grown(({ container }) => container.throttledPeriods)
  const usedMs = grown(({ container }) => container.usedMs)
  const limits = last.containers.flatMap(({ quota }) => cpus(quota))
  const podLimits = last.containers.flatMap(({ podQuota }) => cpus(podQuota))
  const allowedMs = limits.reduce((sum, each) => sum + each, 0) * (last.atMs - first.atMs)
  return {
    throttled_ratio: periods === 0 ? 0 : throttled / periods,
    throttled_periods: throttled,
    pod_throttled_periods: grown(({ pod }) => pod.throttledPeriods),
    ...(load.completed > 0
      ? {
          throttled_ms_per_request: grown(({ container }) => container.throttledMs) / load.completed,
          cpu_ms_per_request: usedMs / load.completed,
        }
      : {}), // no reply
    ...(limits.length > 0 ? { cpu_limit_millicores: Math.max(...limits) * 1000, cpu_use_of_limit: usedMs / allowedMs } : {}),
    ...(podLimits.length > 0 ? { pod_cpu_limit_millicores: Math.max(...podLimits) * 1000 } : {}),
    ...correlation(readings, load),
  }
}

const cpus = (quota: Quota | null): number[] => (quota ? [quota.quotaMs / quota.periodMs] : [])

/** The last reading before the window: the warm-up is done by then. */
const beforeWindow = (readings: readonly CpuReading[], load: LoadResult): CpuReading | undefined =>
  readings.findLast((reading) => reading.atMs <= Date.parse(load.startedAt)) ?? readings[0]

const total = (reading: CpuReading, counter: (each: ContainerCpu) => number): number =>
  reading.containers.reduce((sum, each) => sum + counter(each), 0)

type Counted = (each: ContainerCpu) => CpuCounters
const ofContainer: Counted = ({ container }) => container
const ofPod: Counted = ({ pod }) => pod

/** Throttled time since the window began, as far as it was counted: the kernel counts a stop when it ends. */
const throttledOverTime = (readings: readonly CpuReading[], load: LoadResult, counted: Counted): Points => {
  const base = beforeWindow(readings, load)
  const since = readings.filter((reading) => base && reading.atMs >= base.atMs)
  return growth(since, counted, base, Date.parse(load.startedAt))
}

/** Throttled time since `base`; times are from `zeroMs`. */
const growth = (readings: readonly CpuReading[], counted: Counted, base: CpuReading | undefined, zeroMs: number): Points => {
  const at = (reading: CpuReading): number => total(reading, (each) => counted(each).throttledMs)
  return base ? readings.map((reading) => [round(reading.atMs - zeroMs), round(at(reading) - at(base))]) : []
}

const round = (value: number): number => Math.round(value * 100) / 100

/**
 * Pearson's r between a request's latency and the time it was stopped meanwhile, by the quota of its container or of its pod,
 * whichever was longer: both can stop it at once, and each ends with its own period. None if nothing was stopped.
 */
const correlation = (readings: readonly CpuReading[], load: LoadResult): Record<string, number> => {
  const levels = [ofContainer, ofPod].map((counted) => throttledOverTime(readings, load, counted))
  const stoppedBetween = (fromMs: number, toMs: number): number =>
    Math.max(
      ...levels.map((points) => {
        const before = points.findLast(([at]) => at <= fromMs) ?? points[0]
        const after = points.find(([at]) => at >= toMs) ?? points.at(-1)
        return before && after ? after[1] - before[1] : 0
      }),
    )
  const pairs = (load.requests ?? []).map(([due, latency]) => [latency, stoppedBetween(due, due + latency)] as const)
  const stopped = pairs.map(([, each]) => each)
  if (new Set(stopped).size < 2) return {}
  return {
    throttling_latency_correlation: sampleCorrelation(
      pairs.map(([latency]) => latency),
      stopped,
    ),
  }
}

/** A CPU quantity of Kubernetes: `250m` or `0.25`. */
const millicores = (quantity: string): number =>
  quantity.endsWith('m') ? Number.parseFloat(quantity) : Number.parseFloat(quantity) * 1000

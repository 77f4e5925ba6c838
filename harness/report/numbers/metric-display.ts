// What the metrics are called on paper and what they mean; a metric not listed here is shown under its own name.
import type { Metric } from '../../model/run.ts'
import type { Display } from './display.ts'
import { episodeMetrics, groupMetric } from './episode-metrics.ts'
import { figure, quantity } from './quantity.ts'

const displays: Record<string, Display> = {
  effective_pods: {
    label: 'effective pods',
    brief: 'eff. pods',
    decimals: 2,
    means: '1 / Σ share²: how many pods would carry this load if they shared it evenly',
  },
  top_share: { label: 'top share', means: 'share of all replies that came from the busiest pod' },
  top_share_per_second_median: {
    label: 'top share, per second',
    brief: 'top share/s',
    means: 'share of the busiest pod within a second, median over the seconds: it tells sharing from taking turns',
  },
  pods: { label: 'pods', means: 'server pods that were ready' },
  even_share: { label: 'even share', means: '1 / pods: the share of each pod if they shared evenly' },
  latency_p50: {
    label: 'latency p50',
    brief: 'p50',
    means: 'half of the replies came within this time of the intended send time',
  },
  latency_p99: {
    label: 'latency p99',
    brief: 'p99',
    means: '99 % of the replies came within this time of the intended send time',
  },
  requests: { label: 'requests', means: 'requests that were to be sent in the window' },
  failed_requests: { label: 'failed requests', brief: 'failed', means: 'requests without a good reply; they are in no latency' },
  achieved_rate_ratio: { label: 'achieved rate', means: 'requests sent / requests that were to be sent' },
  send_lag_p99: { label: 'send lag p99', means: 'how late the load itself was, at its 99th percentile' },
  connections: { label: 'connections', means: 'connections the load held to the service' },
  requests_to_added_pods: { label: 'requests to added pods', means: 'replies from pods that were added later' },
  connections_before_load: {
    label: 'connections before the load',
    means: 'connections that were open when the first request was about to be sent',
  },
  connected_pods_before_load: {
    label: 'connected pods before the load',
    means: 'server pods that held a connection when the first request was about to be sent',
  },
  besides_ms: { label: 'time besides CPU time' },
  rate_rps: { label: 'rate', decimals: 1 },
  throttled_ratio: {
    label: 'throttled periods, share',
    brief: 'throttled',
    means: 'share of the CFS periods in which the quota stopped the container: nr_throttled / nr_periods of its cgroup',
  },
  throttled_periods: {
    label: 'throttled periods',
    means: 'CFS periods in which the quota stopped the container: growth of nr_throttled',
  },
  throttled_ms_per_request: {
    label: 'throttled per request',
    brief: 'throttled/req',
    means: 'time the container was stopped, for each request that was answered',
  },
  pod_throttled_periods: { label: 'throttled periods, pod', means: 'CFS periods in which the quota of the whole pod stopped it' },
  node_throttled_periods: {
    label: 'throttled periods, node',
    means: 'CFS periods in which a quota stopped the node itself, or what holds this machine; above 0 the trial does not count',
  },
  cpu_limit_millicores: { label: 'CPU limit', means: 'the CFS quota as it was in force; 1,000 millicores are one CPU' },
  pod_cpu_limit_millicores: {
    label: 'CPU limit of the pod',
    means: 'the CFS quota of the pod’s own cgroup: the sum of its containers’ limits, where each has one',
  },
  cpu_request_millicores: {
    label: 'CPU request',
    means: 'what the scheduler reserves, and the weight by which the kernel shares CPU time',
  },
  cpu_use_of_limit: {
    label: 'use of the CPU limit',
    brief: 'of limit',
    means: 'CPU time used / CPU time that the limit grants over the whole window: what a dashboard averages',
  },
  cpu_ms_per_request: { label: 'CPU time per request', brief: 'CPU/req', means: 'CPU time the servers used, for each answer' },
  calibrated_cpu_ms: {
    label: 'calibrated CPU time',
    means: 'CPU time of one request’s work, as the service measured it when it started',
  },
  throttling_latency_correlation: {
    label: 'throttling and latency, r',
    means:
      'Pearson’s r between a request’s latency and how long its container was stopped meanwhile; none where nothing was stopped',
  },
  container_cpu_cfs_throttled_periods_total: {
    label: 'throttled periods, cAdvisor',
    means: 'growth of container_cpu_cfs_throttled_periods_total within the trials, as the kubelet showed it',
  },
  container_cpu_cfs_throttled_seconds_total: {
    label: 'throttled time, cAdvisor',
    means: 'growth of container_cpu_cfs_throttled_seconds_total within the trials, as the kubelet showed it',
  },
  cadvisor_age: {
    label: 'age of cAdvisor’s figures',
    means: 'how old the kubelet’s figures were when they were read after the load',
  },
  node_idle: { label: 'node idle', means: 'share of the host’s CPU time that nobody used; the nodes share the host' },
  host_steal: { label: 'host steal', means: 'share of the host’s CPU time that its hypervisor gave to others' },
  host_others: {
    label: 'host, others',
    means: 'share of the host’s CPU time that processes outside the cluster used, the lab itself among them',
  },
  ...episodeMetrics,
  proxy_cpu_millicores: { label: 'proxy CPU', means: 'CPU the proxy used; 1,000 millicores are one CPU' },
  proxy_memory_mib: { label: 'proxy memory', means: 'working set of the proxy, as `kubectl top` counts it' },
  control_plane_cpu_millicores: { label: 'control plane CPU', means: 'CPU used by what configures the proxies or clients' },
  control_plane_memory_mib: { label: 'control plane memory', means: 'working set of what configures the proxies or clients' },
  listeners_in_force: {
    label: 'listeners in force',
    means: 'listeners the proxies had taken from their control plane, after the load',
  },
  updates_refused: { label: 'updates refused', means: 'updates of listeners or clusters the proxies refused since they started' },
  added_pods_level_after: {
    label: 'added pods level after',
    means: 'time from the change under load to the first second in which each added pod answered half of an even share',
  },
}

const displayOf = (name: string): Display => displays[name] ?? groupMetric(name) ?? { label: name.replaceAll('_', ' ') }

/** The name of a metric for a reader. */
export const metricLabel = (name: string): string => displayOf(name).label

/** The name of a metric where room is scarce. */
export const briefLabel = (name: string): string => displayOf(name).brief ?? displayOf(name).label

/** What a metric counts, in a line; null where nothing is known about it. */
export const metricMeaning = (name: string): string | null => displayOf(name).means ?? null

/** The value of a metric without its unit. */
export const metricFigure = (name: string, metric: Pick<Metric, 'value' | 'unit'>): string =>
  figure(metric.value, metric.unit, displayOf(name).decimals)

/** The value of a metric with its unit. */
export const metricQuantity = (name: string, metric: Pick<Metric, 'value' | 'unit'>): string =>
  quantity(metric.value, metric.unit, displayOf(name).decimals)

const rangeText = (name: string, unit: string, low: number, high: number): string =>
  [low, high]
    .map((value) => metricFigure(name, { value, unit }))
    .join('–')
    .replace(/\s%–/, '–')

/** The smallest and the largest of the blocks as they read, `12.1–12.9`; empty for a single block. */
export const blockRange = (name: string, { blocks, unit }: Metric): string =>
  blocks.length < 2 ? '' : rangeText(name, unit, Math.min(...blocks), Math.max(...blocks))

/** The interval as it reads; empty where there is none. */
export const intervalText = (name: string, { interval, unit }: Metric): string =>
  interval === null ? '' : rangeText(name, unit, interval.low, interval.high)

/** `[12.1–12.9]`, the interval, or else `(12.1–12.9)`, the blocks; empty where both ends read the same. */
export const around = (name: string, metric: Metric): string => {
  const text = intervalText(name, metric) || blockRange(name, metric)
  if (new Set(text.replace(/\s%$/, '').split('–')).size < 2) return ''
  return metric.interval === null ? `(${text})` : `[${text}]`
}

const sayNothing = new Set([
  '',
  'ratio',
  'r',
  'requests',
  'pods',
  'connections',
  'periods',
  'yes',
  'evictions',
  'nodes',
  'addresses',
  'changes',
  'edits',
  'lines',
  'events',
  'entries',
])

/** The unit beside a name; empty where the name or the number says it already. */
export const unitBeside = (unit: string): string => (sayNothing.has(unit) ? '' : unit)

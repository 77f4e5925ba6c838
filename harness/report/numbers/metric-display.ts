// What the metrics are called on paper and what they mean; a metric not listed here is shown under its own name.
import type { Metric } from '../../model/run.ts'
import { figure, quantity } from './quantity.ts'

type Display = { readonly label: string; readonly brief?: string; readonly means?: string; readonly decimals?: number }

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
  proxy_cpu_millicores: { label: 'proxy CPU', means: 'CPU the proxy used; 1,000 millicores are one CPU' },
  proxy_memory_mib: { label: 'proxy memory', means: 'memory the proxy held' },
}

const displayOf = (name: string): Display => displays[name] ?? { label: name.replaceAll('_', ' ') }

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

/** The smallest and the largest of the blocks as they read, `12.1–12.9`; empty for a single block. */
export const blockRange = (name: string, metric: Metric): string => {
  if (metric.blocks.length < 2) return ''
  const [low = '', high = ''] = [Math.min(...metric.blocks), Math.max(...metric.blocks)].map((value) =>
    metricFigure(name, { value, unit: metric.unit }),
  )
  return `${low.replace(/\s%$/, '')}–${high}`
}

/** The range where its ends read differently; empty where all blocks read the same. */
export const blockSpread = (name: string, metric: Metric): string => {
  const range = blockRange(name, metric)
  return new Set(range.replace(/\s%$/, '').split('–')).size === 1 ? '' : range
}

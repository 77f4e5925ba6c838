// Continuous measurements of a trial besides its requests, at the end of each second.
import type { Trial } from '../model/trial.ts'

export type Gauge = { readonly label: string; readonly unit: string; readonly value: number }
type Points = Trial['series'][string]['points']

/** Both are cumulative times. A pod's quota also stops its containers, so they do not add up. */
const throttled = ['throttled_ms', 'pod_throttled_ms']

/** The last value of each series, and the share of the second in which a pod was throttled; times are ms from the start of the window. */
export const gaugesAt = ({ series, pods }: Pick<Trial, 'series' | 'pods'>, fromMs: number, toMs: number): Gauge[] => {
  const isWatched = throttled.some((name) => series[name] !== undefined)
  const stoppedMs = Math.max(0, ...throttled.map((name) => grown(series[name]?.points ?? [], fromMs, toMs)))
  const share = stoppedMs / Math.max(1, toMs - fromMs) / Math.max(1, pods.length)
  return [
    ...(isWatched ? [{ label: 'throttled', unit: 'ratio', value: Math.min(1, share) }] : []),
    ...Object.entries(series)
      .filter(([name]) => !throttled.includes(name))
      .flatMap(([, { label, unit, points }]) => {
        const value = valueAt(points, toMs)
        return value === undefined ? [] : [{ label, unit, value }]
      }),
  ]
}

/** The same for a running trial: the last point of each series, and its growth in the second before. */
export const gaugesNow = (series: Trial['series'], pods: readonly string[]): Gauge[] => {
  const untilNow = Object.entries(series).map(([name, { points, ...about }]) => {
    const [lastMs = 0] = points.at(-1) ?? []
    return [name, { ...about, points: points.map(([atMs, value]): [number, number] => [atMs - lastMs, value]) }] as const
  })
  return gaugesAt({ series: Object.fromEntries(untilNow), pods: [...pods] }, -1000, 0)
}

const valueAt = (points: Points, ms: number): number | undefined => points.findLast(([atMs]) => atMs <= ms)?.[1]

const grown = (points: Points, fromMs: number, toMs: number): number => {
  const first = points[0]?.[1] ?? 0
  return (valueAt(points, toMs) ?? first) - (valueAt(points, fromMs) ?? first)
}

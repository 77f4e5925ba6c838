// Harmed pods in order: evicted by the kubelet, or preempted by the scheduler.
import type { Timeline } from '../model/timeline.ts'

/** One eviction; `order` counts from 1. The message is the kubelet's. */
export type Eviction = {
  readonly name: string
  readonly group: string
  readonly order: number
  readonly atMs: number
  readonly message: string
}

/** The pods that were evicted after the trigger, in order. A pod is evicted once. */
export const evictionsOf = ({ lanes, events }: Timeline): Eviction[] =>
  lanes
    .flatMap(({ kind, name, group, states }) => {
      const evicted = states.find(({ state }) => state === 'evicted')
      if (kind !== 'pod' || evicted === undefined || evicted.atMs < 0) return []
      const reported = events.find((event) => event.name === name && event.reason === 'Evicted')
      return [{ name, group, atMs: evicted.atMs, message: reported?.message ?? evicted.text }]
    })
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((eviction, index) => ({ ...eviction, order: index + 1 }))

/** A pod that the scheduler removed for one of a higher priority. */
export type Preemption = { readonly name: string; readonly atMs: number; readonly message: string }

/** The pods that were preempted after the trigger, in order. */
export const preemptionsOf = ({ lanes, events }: Timeline): Preemption[] => {
  const pods = new Set(lanes.filter(({ kind }) => kind === 'pod').map(({ name }) => name))
  const seen = events.filter(({ atMs, reason, name }) => atMs >= 0 && reason === 'Preempted' && pods.has(name))
  return seen.filter(({ name }, index) => seen.findIndex((event) => event.name === name) === index)
}

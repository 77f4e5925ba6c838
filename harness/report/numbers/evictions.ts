// Who was hurt, in which order: pods that the kubelet evicted, and those the scheduler removed to make room.
import type { Timeline } from '../../model/timeline.ts'

/** One eviction; `order` counts from 1. The message is the kubelet's. */
export type Eviction = { readonly name: string; readonly order: number; readonly atMs: number; readonly message: string }

const eventMessage = ({ events }: Timeline, name: string, reason: string): string | undefined =>
  events.find((event) => event.name === name && event.reason === reason)?.message

/** The evicted pods of an episode, first the one that was evicted first. */
export const evictionsOf = (timeline: Timeline): Eviction[] =>
  timeline.lanes
    .flatMap(({ kind, name, states }) => {
      const evicted = states.find(({ state }) => state === 'evicted')
      if (kind !== 'pod' || evicted === undefined) return []
      return [{ name, atMs: evicted.atMs, message: eventMessage(timeline, name, 'Evicted') ?? evicted.text }]
    })
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((eviction, index) => ({ ...eviction, order: index + 1 }))

/** A pod that the scheduler removed for one of a higher priority. */
export type Preemption = { readonly name: string; readonly atMs: number; readonly message: string }

/** The preempted pods of an episode, in order. */
export const preemptionsOf = ({ lanes, events }: Timeline): Preemption[] => {
  const pods = new Set(lanes.filter(({ kind }) => kind === 'pod').map(({ name }) => name))
  const seen = events.filter(({ reason, name }) => reason === 'Preempted' && pods.has(name))
  return seen.filter(({ name }, index) => seen.findIndex((event) => event.name === name) === index)
}

// The drawn pod lanes: grouped by the label app, with pods of a group with the same history in one lane.
import type { Lane, Timeline } from '../../../model/timeline.ts'
import { evictionsOf, preemptionsOf } from '../../../timeline/evictions.ts'
import type { Eviction, Preemption } from '../../../timeline/evictions.ts'
import { spansOf } from '../../../timeline/lane-spans.ts'
import type { Span } from '../../../timeline/lane-spans.ts'

/** One pod, or several with the same history: a strand of spans each, in order of appearance. `replaces`: another of the group ended before. */
export type PodLane = {
  readonly group: string
  readonly pods: readonly Lane[]
  readonly strands: readonly (readonly Span[])[]
  readonly evictions: readonly Eviction[]
  readonly preemptions: readonly Preemption[]
  readonly replaces: boolean
}

/** From this number, pods with the same harm share a lane; others share from two. */
const manyHurt = 9

const hurtful: ReadonlySet<string> = new Set(['evicted', 'failed', 'unready'])

const appearedMs = ({ states }: Lane): number => states.find(({ state }) => state !== 'gone')?.atMs ?? Infinity

const endings: ReadonlySet<string> = new Set(['terminating', 'evicted', 'failed', 'gone'])

const endedMs = (pod: Lane): number =>
  pod.states.find(({ atMs, state }) => endings.has(state) && atMs > appearedMs(pod))?.atMs ?? Infinity

/** A controller may create the new pod up to this many ms before the watch reports the end of the old one. */
const takesMs = 1000

const grouped = <Item>(items: readonly Item[], key: (item: Item) => string): Item[][] => {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return [...groups.values()]
}

/** The lanes of an episode's pods: groups and pods in the order in which they first appeared. */
export const podLanes = (timeline: Timeline): PodLane[] => {
  const [evictions, preemptions] = [evictionsOf(timeline), preemptionsOf(timeline)]
  const preempted = new Set(preemptions.map(({ name }) => name))
  const all = timeline.lanes.filter(({ kind }) => kind === 'pod')
  const laneOf = (pods: readonly Lane[]): PodLane => ({
    group: pods[0]?.group ?? '',
    pods,
    replaces: pods.every((pod) => all.some((other) => other.group === pod.group && endedMs(other) <= appearedMs(pod) + takesMs)),
    strands: pods.map((pod) => spansOf(pod, timeline)),
    evictions: evictions.filter(({ name }) => pods.some((pod) => pod.name === name)),
    preemptions: preemptions.filter(({ name }) => pods.some((pod) => pod.name === name)),
  })
  const isHurt = ({ name, states }: Lane): boolean => preempted.has(name) || states.some(({ state }) => hurtful.has(state))
  const fate = (pod: Lane): string =>
    [preempted.has(pod.name), ...spansOf(pod, timeline).map(({ state }) => state), pod.states.at(-1)?.state === 'gone'].join(' ')
  const collapsed = (alike: readonly Lane[]): PodLane[] =>
    alike.length >= (alike.some(isHurt) ? manyHurt : 2) ? [laneOf(alike)] : alike.map((pod) => laneOf([pod]))
  const pods = all.toSorted((a, b) => appearedMs(a) - appearedMs(b))
  return grouped(pods, ({ group }) => group).flatMap((group) => grouped(group, fate).flatMap(collapsed))
}

// The label of a lane: what happened to it, when, and for how long.
import type { CallSecond } from '../../../timeline/client-calls.ts'
import { downs } from '../../../timeline/client-calls.ts'
import { inState, totalMs } from '../../../timeline/lane-spans.ts'
import type { Span } from '../../../timeline/lane-spans.ts'
import type { Timeline } from '../../../model/timeline.ts'
import type { PodLane } from './pod-lanes.ts'
import { stateWord } from './state-words.ts'
import { atTime, lengthText } from '../../write/time-words.ts'

/** Every pod is pending for up to this many ms. */
const waitsMs = 3000

/** A duration; a lower bound if it was still running when the episode ended. */
const lengthTo = (isOpen: boolean, ms: number): string => `${isOpen ? '≥\u00a0' : ''}${lengthText(ms)}`

/** Whether a lane was in this state to the end. */
const isStill = (spans: readonly Span[], state: string): boolean => spans.at(-1)?.state === state

/** Label of the client. */
export const clientWords = (seconds: readonly CallSecond[]): string => {
  const all = downs(seconds).filter(({ toMs }) => toMs > 0)
  const down = totalMs(all)
  return down === 0 ? 'never down' : `down ${lengthTo(all.at(-1)?.toMs === seconds.at(-1)?.toMs, down)}`
}

/** Label of a Service, after the trigger. */
export const serviceWords = (spans: readonly Span[]): string => {
  const unserved = totalMs(inState(spans, 'unserved').filter(({ toMs }) => toMs > 0))
  return unserved === 0 ? 'always served' : `unserved ${lengthTo(isStill(spans, 'unserved'), unserved)}`
}

/** Label of a value, after the trigger. */
export const valueWords = (spans: readonly Span[]): string => {
  const stale = totalMs(inState(spans, 'stale').filter(({ toMs }) => toMs > 0))
  return stale === 0 ? 'never stale' : `stale ${lengthTo(isStill(spans, 'stale'), stale)}`
}

/** Label of a node. */
export const nodeWords = (spans: readonly Span[]): string => {
  const worst = (['not-ready', 'disk-pressure', 'memory-pressure'] as const).find((state) => inState(spans, state).length > 0)
  return worst === undefined
    ? 'no pressure'
    : `${stateWord(worst)} ${lengthTo(isStill(spans, worst), totalMs(inState(spans, worst)))}`
}

/** The default grace period in ms; a pod that takes longer hangs. */
const graceMs = 30_000

/** For how long the longest of some pods had hung in Terminating when the episode ended, in ms; 0: none did. */
export const stuckMs = ({ strands }: PodLane, { toMs: endMs }: Timeline): number =>
  Math.max(
    0,
    ...strands
      .flatMap((spans) => inState(spans.slice(-1), 'terminating'))
      .map(({ fromMs, toMs }) => (toMs === endMs && toMs - fromMs > graceMs ? toMs - fromMs : 0)),
  )

const first = (atMs: readonly number[]): number => Math.min(...atMs)

/** Whether one of them was still pending at the end. */
const isPending = (strands: PodLane['strands']): boolean => strands.some((spans) => spans.at(-1)?.state === 'pending')

/** Label of pods, for several the slowest: harm, or wait and its end, most important part first; empty for a pod that was ready throughout. */
export const podWords = (lane: PodLane, timeline: Timeline): string[] => {
  const { strands, evictions, preemptions } = lane
  const spans = strands.flat()
  const stuck = stuckMs(lane, timeline)
  const failed = inState(spans, 'failed')
  const many = strands.length > 1 ? `${strands.length} ` : ''
  if (evictions.length > 0)
    return [`${many}evicted ${many === '' ? 'at' : 'from'} ${atTime(first(evictions.map(({ atMs }) => atMs)))}`]
  if (preemptions.length > 0) return [`preempted at ${atTime(first(preemptions.map(({ atMs }) => atMs)))}`]
  if (failed.length > 0) return [`failed at ${atTime(first(failed.map(({ fromMs }) => fromMs)))}`]
  if (stuck > 0) return [`${many}in Terminating for ${lengthTo(true, stuck)}`]
  const waited = Math.max(...strands.map((strand) => totalMs(inState(strand, 'pending'))))
  const lastReady = Math.max(...strands.map((strand) => inState(strand, 'ready')[0]?.fromMs ?? -Infinity))
  return [
    ...(waited >= waitsMs ? [`pending ${lengthTo(isPending(strands), waited)}`] : []),
    ...(lastReady > 0 ? [`ready at ${atTime(lastReady)}`] : []),
  ]
}

// Times that the end of an episode truncated: they are lower bounds.
import type { MetricDefinitions } from '../model/metric.ts'
import type { Timeline } from '../model/timeline.ts'
import type { Trial } from '../model/trial.ts'
import { callSeconds, downAtEnd, downs } from './client-calls.ts'
import { inState, totalMs, spansOf } from './lane-spans.ts'
import type { Stretch } from './lane-spans.ts'

/** States whose duration is measured. */
const waiting: ReadonlySet<string> = new Set([
  'pending',
  'starting',
  'unready',
  'terminating',
  'unserved',
  'stale',
  'not-ready',
  'memory-pressure',
  'disk-pressure',
])

/** Tolerance when comparing spans, since times are in ms. */
const sameMs = 1.5

const fromTrigger = ({ fromMs, toMs }: Stretch): Stretch => ({ fromMs: Math.max(0, fromMs), toMs: Math.max(0, toMs) })

const lengthMs = ({ fromMs, toMs }: Stretch): number => toMs - fromMs

/** The last of some spans, and their total, in ms after the trigger. */
const lastAndAll = (stretches: readonly Stretch[]): number[] => [
  ...stretches.slice(-1).map(fromTrigger).map(lengthMs),
  totalMs(stretches.map(fromTrigger)),
]

/** Duration of each state that held at the end: its last span, and its total. */
const openLanesMs = (timeline: Timeline): number[] =>
  timeline.lanes.flatMap((lane) => {
    const spans = spansOf(lane, timeline)
    const last = spans.at(-1)
    return last === undefined || last.toMs < timeline.toMs || !waiting.has(last.state)
      ? []
      : lastAndAll(inState(spans, last.state))
  })

/** The same for the client, if its last call was not answered. */
const openDownMs = (timeline: Timeline, { load }: Trial): number[] => {
  const seconds = callSeconds(timeline, load)
  return downAtEnd(seconds) ? lastAndAll(downs(seconds)) : []
}

/** Time from each action or change of a value to the end: a wait of that length did not see its end. */
const sinceDoneMs = ({ actions, lanes, toMs }: Timeline): number[] =>
  [...actions, ...lanes.filter(({ kind }) => kind === 'value').flatMap(({ states }) => states)]
    .filter(({ atMs }) => atMs > 0)
    .map(({ atMs }) => toMs - atMs)

const openOf = (trial: Trial): number[] =>
  trial.timeline === null
    ? []
    : [...openLanesMs(trial.timeline), ...openDownMs(trial.timeline, trial), ...sinceDoneMs(trial.timeline)]

/** Cached: each trial is checked for many metrics. */
const known = new WeakMap<Trial, readonly number[]>()

const openMs = (trial: Trial): readonly number[] => {
  const found = known.get(trial) ?? openOf(trial)
  known.set(trial, found)
  return found
}

/** The length of the episode itself. */
const wholeEpisode = 'observed_s'

/** Whether the end of the episode truncated this time. */
export const isCutOffIn = (trial: Trial, metrics: MetricDefinitions, name: string): boolean => {
  const ms = (trial.metrics[name] ?? 0) * 1000
  if (metrics[name]?.unit !== 's' || name === wholeEpisode || ms <= 0) return false
  return openMs(trial).some((open) => Math.abs(open - ms) < sameMs)
}

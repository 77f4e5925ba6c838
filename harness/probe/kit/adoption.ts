// From configured and observed values to lanes, and to the time until each change was used.
import { repliesOf } from '../../model/trial.ts'
import type { LoadResult } from '../../model/trial.ts'
import type { Lane, Timeline } from '../../model/timeline.ts'
import { rangesOf, totalSeconds } from '../../timeline/time-range.ts'

/** A write to the configuration: another value, or the same again. Times are ms since the epoch. */
export interface ConfigChange {
  readonly atMs: number
  readonly value: string
  /** The value at the start of watching. */
  readonly isFirst: boolean
}

/** Values of one pod at a moment. */
export interface Sample {
  readonly atMs: number
  readonly pod: string
  readonly file: string
  readonly environment: string
  readonly inUse: string
}

/** A change, and when it was used by a pod, and by all of them; null: not before the next one, or the end. ms from the trigger. */
interface Adopted {
  readonly value: string
  readonly atMs: number
  readonly untilMs: number
  readonly firstMs: number | null
  readonly allMs: number | null
}

export interface Observed {
  readonly of: string
  readonly changes: readonly ConfigChange[]
  readonly samples: readonly Sample[]
  readonly timeline: Timeline
}

/** A pod without a sample for so long has ended, unless the API server says that it is there: then it is only late, and uses what it used. */
const silentMs = 1600
const stepMs = 500

/** Configured and observed values, with times from the trigger, and lanes of both: configured first, in use last. */
export const valuesSeen = ({ of, changes, samples, timeline }: Observed) => {
  const zeroMs = Date.parse(timeline.startedAt)
  const written = changes.map((each) => ({ ...each, atMs: each.atMs - zeroMs }))
  const set = written.filter(({ value }, index) => value !== written[index - 1]?.value)
  const own = timeline.lanes.filter(({ kind, group }) => kind === 'pod' && group === of)
  const looks = looksAt(samples, zeroMs, timeline, own)
  const which = ['file', 'environment', 'inUse'] as const
  const lanes = [configured(set, timeline.toMs), ...which.map((each) => laneOf(each, looks, set))]
  return { written, set, own, looks, lanes }
}

/** How the configuration was followed. */
export const adoption = (observed: Observed, load: LoadResult) => {
  const { timeline } = observed
  const { toMs } = timeline
  const { written, set, own, looks, lanes } = valuesSeen(observed)
  const edits = written.filter(({ value, isFirst }, index) => !isFirst && value === written[index - 1]?.value)
  const real = set.filter(({ isFirst }) => !isFirst)
  const adopted = real.map(({ value, atMs }, index): Adopted => {
    const untilMs = real[index + 1]?.atMs ?? toMs
    const between = looks.filter((look) => look.atMs >= atMs && look.atMs < untilMs)
    const first = between.find(({ seen }) => seen.some(({ inUse }) => inUse === value))
    const all = between.find(({ seen }) => seen.length > 0 && seen.every(({ inUse }) => inUse === value))
    return { value, atMs, untilMs, firstMs: first?.atMs ?? null, allMs: all?.atMs ?? null }
  })
  const missed = adopted.filter(({ allMs }) => allMs === null)
  const replies = repliesIn(load, Date.parse(timeline.startedAt))
  const madeBetween = (fromMs: number, untilMs: number): number =>
    own.filter(({ states: [first] }) => first && first.atMs >= fromMs && first.atMs < untilMs).length
  const restarts = own.reduce((sum, { pod }) => sum + (pod?.restarts ?? 0), 0)
  const good = replies(adopted.flatMap(({ allMs, untilMs }) => (allMs === null ? [] : [[allMs + 1000, untilMs]])))
  const whileStale = replies(missed.map(({ atMs, untilMs }) => [atMs + 5000, untilMs])) // the old database has stopped by then
  const [inUse] = lanes.slice(-1)
  return {
    lanes,
    adopted,
    metrics: {
      config_changes: adopted.length,
      changes_missed: missed.length,
      first_adopted_s: longest(adopted.map(({ atMs, firstMs, untilMs }) => (firstMs ?? untilMs) - atMs)),
      adopted_s: longest(adopted.map(({ atMs, allMs, untilMs }) => (allMs ?? untilMs) - atMs)),
      stale_s: inUse ? totalSeconds(rangesOf(inUse, ['stale'], timeline)) : 0,
      failed_while_stale: whileStale.all === 0 ? 0 : whileStale.failed / whileStale.all,
      success_after_adoption: good.all === 0 ? 0 : 1 - good.failed / good.all,
      pods_replaced: madeBetween(0, Infinity) + restarts,
      noop_updates: edits.length,
      unneeded_replacements: edits.reduce((sum, { atMs }) => {
        const next = real.find((each) => each.atMs > atMs)?.atMs ?? toMs
        return sum + madeBetween(atMs, next)
      }, 0),
    },
  }
}

interface Look {
  readonly atMs: number
  /** The last sample of each existing pod. */
  readonly seen: readonly Sample[]
}

/** Values at even steps; times from the trigger. */
const looksAt = (samples: readonly Sample[], zeroMs: number, timeline: Timeline, pods: readonly Lane[]): Look[] => {
  const there = new Map(pods.map((lane) => [lane.name, rangesOf(lane, ['ready', 'terminating'], timeline)]))
  const isThere = (pod: string, atMs: number): boolean => there.get(pod)?.some(([from, to]) => from <= atMs && atMs < to) ?? false
  const own = samples.map((each) => ({ ...each, atMs: each.atMs - zeroMs }))
  const fromMs = Math.ceil((own[0]?.atMs ?? 0) / stepMs) * stepMs
  const looks: Look[] = []
  for (let atMs = fromMs; atMs <= timeline.toMs; atMs += stepMs) {
    const before = own.filter((each) => each.atMs <= atMs)
    const last = [...new Map(before.map((each) => [each.pod, each])).values()]
    const seen = last.filter((each) => atMs - each.atMs < silentMs || isThere(each.pod, atMs))
    if (seen.length > 0) looks.push({ atMs, seen })
  }
  return looks
}

type Settings = readonly { readonly atMs: number; readonly value: string }[]

const setAt = (set: Settings, atMs: number): string => (set.findLast((each) => each.atMs <= atMs) ?? set[0])?.value ?? ''

const configured = (set: Settings, toMs: number): Lane => ({
  kind: 'value',
  name: 'ConfigMap',
  group: 'ConfigMap',
  pod: null,
  states: set.filter(({ atMs }) => atMs < toMs).map(({ atMs, value }) => ({ atMs, state: 'current', text: value })),
})

const names = { file: 'mounted file', environment: 'environment', inUse: 'in use' } as const

/** All values at a moment; stale if any is not the one set last. */
const laneOf = (which: keyof typeof names, looks: readonly Look[], set: Settings): Lane => {
  const states: Lane['states'] = []
  for (const { atMs, seen } of looks) {
    const values = [...new Set(seen.map((each) => each[which]))].toSorted()
    const state = values.every((value) => value === setAt(set, atMs)) ? 'current' : 'stale'
    const text = values.join(' and ')
    const last = states.at(-1)
    if (last?.state !== state || last.text !== text) states.push({ atMs, state, text })
  }
  return { kind: 'value', name: names[which], group: names[which], pod: null, states }
}

/** Requests of whole seconds within stretches, in ms from the trigger. */
const repliesIn = (load: LoadResult, zeroMs: number) => {
  const offsetMs = Date.parse(load.startedAt) - zeroMs
  return (stretches: readonly (readonly number[])[]): { readonly all: number; readonly failed: number } => {
    const isIn = (fromMs: number): boolean => stretches.some(([from = 0, to = 0]) => fromMs >= from && fromMs + 1000 <= to)
    const seconds = load.perSecond.filter(({ second }) => isIn(offsetMs + second * 1000))
    const failed = seconds.reduce((sum, each) => sum + each.failed, 0)
    const answered = seconds.reduce((sum, each) => sum + repliesOf(each), 0)
    return { all: failed + answered, failed }
  }
}

const longest = (lengthsMs: readonly number[]): number => Math.max(0, ...lengthsMs) / 1000

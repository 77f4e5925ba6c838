// Results of the client per second from the trigger, and when it was down.
import { repliesOf } from '../model/trial.ts'
import type { LoadResult } from '../model/trial.ts'
import type { Timeline } from '../model/timeline.ts'
import { union } from './time-range.ts'
import type { Stretch } from './lane-spans.ts'

/** The calls of one second that were answered, and those that were not: failed, or not even sent. */
export type CallSecond = Stretch & { readonly answered: number; readonly failed: number }

/** Start of the load's window after the trigger, in ms; negative: before it. */
export const loadStartMs = (timeline: Timeline, load: LoadResult): number =>
  Date.parse(load.startedAt) - Date.parse(timeline.startedAt)

/**
 * The seconds of an episode's load on the time axis of its timeline. The window may end within a second: what is left of it belongs to
 * the second before, since the few calls of a fraction say little. One late reply would be a whole second down.
 */
export const callSeconds = (timeline: Timeline, load: LoadResult): CallSecond[] => {
  const startMs = loadStartMs(timeline, load)
  const seconds = load.perSecond.map((each) => {
    const fromMs = startMs + each.second * 1000
    return { fromMs, toMs: fromMs + 1000, answered: repliesOf(each), failed: each.failed + each.notSent }
  })
  const [last, before] = [seconds.at(-1), seconds.at(-2)]
  if (last === undefined || before === undefined || last.toMs <= startMs + load.windowMs) return seconds
  const [answered, failed] = [before.answered + last.answered, before.failed + last.failed]
  return [...seconds.slice(0, -2), { fromMs: before.fromMs, toMs: last.toMs, answered, failed }]
}

/** When the client was down: whole seconds in which calls were due and none was answered. */
export const downs = (seconds: readonly CallSecond[]): Stretch[] =>
  union(
    seconds.filter(({ answered, failed }) => failed > 0 && answered === 0).map(({ fromMs, toMs }) => [fromMs, toMs] as const),
  ).map(([fromMs, toMs]) => ({ fromMs, toMs }))

/** The last second in which calls were due; undefined: none was. */
export const lastCalled = (seconds: readonly CallSecond[]): CallSecond | undefined =>
  seconds.findLast(({ answered, failed }) => answered + failed > 0)

/** The time down that was not over at the last call; undefined if that call was answered. */
export const downAtEnd = (seconds: readonly CallSecond[]): Stretch | undefined => {
  const last = lastCalled(seconds)
  return downs(seconds).find(({ toMs }) => toMs === last?.toMs)
}

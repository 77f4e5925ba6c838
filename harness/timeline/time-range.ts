// How long lanes were in a state after the trigger: intervals, their union, their length.
import type { Lane, Timeline } from '../model/timeline.ts'

/** From, to: ms after the trigger. */
export type TimeRange = readonly [fromMs: number, toMs: number]

/** Where a lane was in one of these states, between the trigger and the end. */
export const rangesOf = ({ states }: Lane, wanted: readonly string[], { toMs }: Timeline): TimeRange[] =>
  states.flatMap(({ atMs, state }, index) => {
    const interval: TimeRange = [Math.max(0, atMs), states[index + 1]?.atMs ?? toMs]
    return wanted.includes(state) && interval[0] < interval[1] ? [interval] : []
  })

/** Intervals that touch become one. */
export const union = (intervals: readonly TimeRange[]): TimeRange[] =>
  [...intervals]
    .toSorted((a, b) => a[0] - b[0])
    .reduce<TimeRange[]>((merged, [from, to]) => {
      const last = merged.at(-1)
      if (!last || from > last[1]) return [...merged, [from, to]]
      return [...merged.slice(0, -1), [last[0], Math.max(last[1], to)]]
    }, [])

/** Intervals minus other intervals. */
export const without = (intervals: readonly TimeRange[], others: readonly TimeRange[]): TimeRange[] =>
  union(others).reduce<TimeRange[]>(
    (left, [from, to]) =>
      left.flatMap((each): TimeRange[] =>
        (
          [
            [each[0], Math.min(each[1], from)],
            [Math.max(each[0], to), each[1]],
          ] as TimeRange[]
        ).filter(([start, end]) => start < end),
      ),
    union(intervals),
  )

export const totalSeconds = (intervals: readonly TimeRange[]): number =>
  union(intervals).reduce((sum, [from, to]) => sum + (to - from) / 1000, 0)

export const longestSeconds = (intervals: readonly TimeRange[]): number =>
  Math.max(0, ...union(intervals).map(([from, to]) => (to - from) / 1000))

/** "12.3 s" after the trigger. */
export const at = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

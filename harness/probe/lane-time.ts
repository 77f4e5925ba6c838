// How long lanes were in a state after the trigger: intervals, their union, their length.
import type { Lane, LaneState, Timeline } from '../model/timeline.ts'

/** From, to: ms after the trigger. */
export type Interval = readonly [fromMs: number, toMs: number]

/** Where a lane was in one of these states, between the trigger and the end. */
export const intervalsOf = ({ states }: Lane, wanted: readonly LaneState[], { toMs }: Timeline): Interval[] =>
  states.flatMap(({ atMs, state }, index) => {
    const interval: Interval = [Math.max(0, atMs), states[index + 1]?.atMs ?? toMs]
    return wanted.includes(state) && interval[0] < interval[1] ? [interval] : []
  })

/** Intervals that touch become one. */
export const union = (intervals: readonly Interval[]): Interval[] =>
  [...intervals]
    .toSorted((a, b) => a[0] - b[0])
    .reduce<Interval[]>((merged, [from, to]) => {
      const last = merged.at(-1)
      if (!last || from > last[1]) return [...merged, [from, to]]
      return [...merged.slice(0, -1), [last[0], Math.max(last[1], to)]]
    }, [])

/** What is left of intervals where the others are not. */
export const without = (intervals: readonly Interval[], others: readonly Interval[]): Interval[] =>
  union(others).reduce<Interval[]>(
    (left, [from, to]) =>
      left.flatMap((each): Interval[] =>
        (
          [
            [each[0], Math.min(each[1], from)],
            [Math.max(each[0], to), each[1]],
          ] as Interval[]
        ).filter(([start, end]) => start < end),
      ),
    union(intervals),
  )

export const totalSeconds = (intervals: readonly Interval[]): number =>
  union(intervals).reduce((sum, [from, to]) => sum + (to - from) / 1000, 0)

export const longestSeconds = (intervals: readonly Interval[]): number =>
  Math.max(0, ...union(intervals).map(([from, to]) => (to - from) / 1000))

/** "12.3 s" after the trigger. */
export const at = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

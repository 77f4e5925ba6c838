// Adds up what the seconds of an arm hold; trials that do not count are left out.
import type { Timeline, TimelineSecond } from './timeline.ts'

/** The sum of a count over the seconds of all valid trials. */
export const validTotal = (timeline: Timeline, count: (second: TimelineSecond) => number): number =>
  timeline.blocks
    .filter((block) => block.invalid.length === 0)
    .flatMap((block) => block.seconds)
    .reduce((sum, second) => sum + count(second), 0)

// Adds up what the seconds of an arm hold; trials that do not count are left out.
import type { PodReplies, RepliesSecond } from './pod-replies.ts'

/** The sum of a count over the seconds of all valid trials. */
export const validTotal = (podReplies: PodReplies, count: (second: RepliesSecond) => number): number =>
  podReplies.blocks
    .filter((block) => block.invalid.length === 0)
    .flatMap((block) => block.seconds)
    .reduce((sum, second) => sum + count(second), 0)

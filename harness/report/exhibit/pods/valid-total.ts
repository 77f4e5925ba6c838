// Sums over the seconds of an arm's valid trials.
import { isValid } from '../../../model/trial.ts'
import type { PodReplies, RepliesSecond } from './replies.ts'

/** The sum of a count over the seconds of all valid trials. */
export const validTotal = (podReplies: PodReplies, count: (second: RepliesSecond) => number): number =>
  podReplies.blocks
    .filter(isValid)
    .flatMap((block) => block.seconds)
    .reduce((sum, second) => sum + count(second), 0)

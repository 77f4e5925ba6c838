// Decides who sends the next request where several can.
import type { Say } from '../open-loop/load.ts'

/** Sends on each of them in turn. */
export const inTurn = (senders: readonly Say[]): Say => {
  let next = 0
  return (sequence) => {
    const say = senders[next]
    if (say === undefined) throw new Error('There is nothing to send on: --connections must be at least 1.')
    next = (next + 1) % senders.length
    return say(sequence)
  }
}

// The order of trials: every block holds each slot once, in an order of its own that the seed decides.
import { seeded } from './seeded.ts'

/** Slots in the order they are tried, block after block. Drift of the machine then falls on all of them alike. */
export const shuffledBlocks = <Slot extends object>(
  slots: readonly Slot[],
  blocks: number,
  seed: number,
): (Slot & { readonly block: number })[] => {
  const { below } = seeded(seed)
  return Array.from({ length: blocks }, (_, block) => shuffled(slots, below).map((slot) => ({ ...slot, block }))).flat()
}

/** Fisher and Yates, as in Knuth, The Art of Computer Programming 2, 3.4.2, algorithm P. */
const shuffled = <Item>(items: readonly Item[], below: (limit: number) => number): Item[] => {
  const rest = [...items]
  return items.flatMap(() => rest.splice(below(rest.length), 1))
}

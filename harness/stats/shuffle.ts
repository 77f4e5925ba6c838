// The order of trials: every block holds each slot once, in an order of its own that the seed decides.
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Slots in the order they are tried, block after block. Drift of the machine then falls on all of them alike. */
export const shuffledBlocks = <Slot extends object>(
  slots: readonly Slot[],
  blocks: number,
  seed: number,
): (Slot & { readonly block: number })[] => {
  const random = xoroshiro128plus(seed)
  const below = (limit: number): number => uniformInt(random, 0, limit - 1)
  return Array.from({ length: blocks }, (_, block) => shuffled(slots, below).map((slot) => ({ ...slot, block }))).flat()
}

/** Fisher and Yates, as in Knuth, The Art of Computer Programming 2, 3.4.2, algorithm P. */
const shuffled = <Item>(items: readonly Item[], below: (limit: number) => number): Item[] => {
  const rest = [...items]
  return items.flatMap(() => rest.splice(below(rest.length), 1))
}

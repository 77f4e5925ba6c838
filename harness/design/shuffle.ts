// The order of trials: every block contains each slot once, in a seeded random order.
import { seeded } from '../stats/seeded.ts'

/** Slots in order, block after block, so that drift of the machine affects all of them equally. */
export const shuffledBlocks = <Slot extends object>(
  slots: readonly Slot[],
  blocks: number,
  seed: number,
): (Slot & { readonly block: number })[] => {
  const { below } = seeded(seed)
  return Array.from({ length: blocks }, (_, block) => shuffled(slots, below).map((slot) => ({ ...slot, block }))).flat()
}

/** Who of two goes first in a block, asked block after block. */
export const seededCoin = <Item>(one: Item, other: Item, seed: number): (() => Item) => {
  const { below } = seeded(seed)
  return () => (below(2) === 0 ? one : other)
}

/** Fisher and Yates, as in Knuth, The Art of Computer Programming 2, 3.4.2, algorithm P. */
const shuffled = <Item>(items: readonly Item[], below: (limit: number) => number): Item[] => {
  const rest = [...items]
  return items.flatMap(() => rest.splice(below(rest.length), 1))
}

// The order of trials: every block holds each arm once, in an order of its own that the seed decides.
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface PlannedTrial {
  readonly arm: string
  readonly block: number
}

/** Arms in the order they are tried, block after block. Drift of the machine then falls on all arms alike. */
export const shuffledBlocks = (arms: readonly string[], blocks: number, seed: number): PlannedTrial[] => {
  const random = xoroshiro128plus(seed)
  const below = (limit: number): number => uniformInt(random, 0, limit - 1)
  return Array.from({ length: blocks }, (_, block) => shuffled(arms, below).map((arm) => ({ arm, block }))).flat()
}

/** Fisher and Yates, as in Knuth, The Art of Computer Programming 2, 3.4.2, algorithm P. */
const shuffled = (items: readonly string[], below: (limit: number) => number): string[] => {
  const rest = [...items]
  return items.map(() => rest.splice(below(rest.length), 1)[0] ?? '')
}

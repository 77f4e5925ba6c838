// The order of trials. A design with another order changes this file alone.
import type { PlannedTrial } from '../model/design.ts'
import { shuffledBlocks } from './shuffle.ts'

type Slot = Omit<PlannedTrial, 'block'>

/**
 * Every block has each slot once. Under steady load in a random order, so that a drift of the machine affects all arms alike; of episodes, which run
 * side by side, the longest first, so that their nodes are done at about the same time.
 */
export const planOf = (kind: 'steady' | 'episode', slots: readonly Slot[], blocks: number, seed: number): PlannedTrial[] => {
  if (kind === 'steady') return shuffledBlocks(slots, blocks, seed)
  const longestFirst = slots.toSorted((a, b) => b.floorMs - a.floorMs)
  return Array.from({ length: blocks }, (_, block) => longestFirst.map((slot) => ({ ...slot, block }))).flat()
}

// The smallest difference between two arms that a design finds.
import { smallestRatio } from '../stats/blocks-needed.ts'

/**
 * The smallest ratio above 1 that this many blocks find in 9 of 10 cases at this two-sided level; null: with so few blocks there is no interval at this
 * level. `scatter`: standard deviation of the natural logarithm of a value from block to block, such as 0.05; a difference has √2 times as much.
 */
export const findableRatio = (blocks: number, scatter: number, level: number): number | null =>
  smallestRatio(blocks, Math.SQRT2 * scatter, level)

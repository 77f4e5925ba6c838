// The A/A spread: difference of control from control in the same block, where only the time differs.
import { median, rootMeanSquare } from 'simple-statistics'
import { logRatio } from './pair.ts'
import type { Pair } from './pair.ts'

export interface Spread {
  /** The median |ln ratio| of a pair. Not the largest: that grows with the number of pairs, so more evidence would claim less. */
  readonly typical: number
  /** Standard deviation of the log ratios about 0, which is their true mean: √(mean d²). What `blocksNeeded` asks for. */
  readonly sd: number
}

/** So large is the typical |ln ratio| of two latencies of control on a quiet machine at most: 8 to 10 % was recorded there, 15 % and more in hours when no counter of the host showed why. */
export const quietSpread = Math.log(1.12)

/** The spread of at least one pair of control trials. */
export const spreadOf = (pairs: readonly Pair[]): Spread => {
  const differences = pairs.map(logRatio)
  return { typical: median(differences.map(Math.abs)), sd: rootMeanSquare(differences) }
}

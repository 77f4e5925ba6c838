// How many blocks a shift of a given size needs to be found, and how small a shift a given number of blocks can find.
import { normalQuantile } from './normal.ts'
import { fewestBlocks, signedRankCritical } from './signed-rank.ts'

const fivePercent = 0.05
const most = 1000
const zOfPower = normalQuantile(0.9)

/** Above this many blocks the exact level is the nominal one for all purposes. */
const exactUpTo = 30

/**
 * With so few blocks the formula below is too hopeful (of the 90 % it promises for 6 at 5 % it finds 82 %); these were simulated, a
 * million times each. For 6, where it would be 2.11, with a reserve: all of them have to agree, so one odd block undoes them.
 */
const simulated: Readonly<Record<number, number>> = { 6: 2.3, 7: 1.56, 8: 1.45 }

/** The shift with which all blocks agree in 90 % of cases. */
const allAgree = (blocks: number): number => normalQuantile(0.9 ** (1 / blocks))

/**
 * The smallest shift, in standard deviations of the differences, that this many blocks find in 90 % of cases at two-sided `alpha`.
 * Solves n = π/3 · (((z(1 − α/2) + z(0.9)) / shift)² + z(1 − α/2)² / 2) for the shift: the paired t-test as corrected by Guenther
 * (1981, "Sample size formulas for normal theory t tests"), times what the signed-rank test needs more with normal data (Hodges
 * and Lehmann 1956). α is the level that the signed-rank test really has with n blocks, `alpha` or less. The fewest blocks must all agree; up to three
 * more find the shift in 86 to 90 %.
 */
const shiftInDeviations = (blocks: number, alpha: number): number => {
  if (alpha === fivePercent && simulated[blocks] !== undefined) return simulated[blocks]
  if (blocks === fewestBlocks(alpha)) return allAgree(blocks)
  const exact = blocks <= exactUpTo ? signedRankCritical(blocks, alpha) : null
  const z = normalQuantile(1 - (exact?.alpha ?? alpha) / 2)
  return (z + zOfPower) / Math.sqrt((3 * blocks) / Math.PI - (z * z) / 2)
}

/** By number of blocks from the fewest to the most; each entry is smaller than the one before it. */
const findableAt = (alpha: number): readonly number[] => {
  const before = known.get(alpha)
  if (before) return before
  const fewest = fewestBlocks(alpha)
  const findable = Array.from({ length: most - fewest + 1 }, (_, index) => shiftInDeviations(fewest + index, alpha))
  known.set(alpha, findable)
  return findable
}
const known = new Map<number, readonly number[]>()

/**
 * Blocks at which a true shift is found with 90 % power at two-sided `alpha`, where `sd` is the standard deviation of the differences
 * between blocks, in the same unit: both are natural logarithms where ratios are compared. Null above 1,000: with no sensible number.
 */
export const blocksNeeded = (shift: number, sd: number, alpha = fivePercent): number | null => {
  const index = shift === 0 ? -1 : findableAt(alpha).findIndex((deviations) => deviations * sd <= Math.abs(shift))
  return index < 0 ? null : fewestBlocks(alpha) + index
}

/** The smallest ratio above 1 that this many blocks find, with the same power and level; null with too few for an interval. */
export const smallestRatio = (blocks: number, sdOfLogRatios: number, alpha = fivePercent): number | null => {
  const deviations = findableAt(alpha)[Math.min(blocks, most) - fewestBlocks(alpha)]
  return deviations === undefined ? null : Math.exp(deviations * sdOfLogRatios)
}

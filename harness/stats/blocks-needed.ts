// How many blocks a shift of a given size needs to be found, and how small a shift a given number of blocks can find.
import { normalQuantile } from './normal.ts'
import { signedRankCritical } from './signed-rank.ts'

/** The fewest blocks for which there is an exact 95 % interval. */
export const enoughForInterval = 6

const alpha = 0.05
const most = 1000
const zOfLevel = normalQuantile(1 - alpha / 2)
const zOfPower = normalQuantile(0.9)

/** Above this many blocks the exact level is 5 % for all purposes. */
const exactUpTo = 30

/**
 * With so few blocks the formula below is too hopeful (of the 90 % it promises for 6 it finds 82 %); these were simulated, a
 * million times each. For 6, where it would be 2.11, with a reserve: all of them have to agree, so one odd block undoes them.
 */
const simulated: Readonly<Record<number, number>> = { 6: 2.3, 7: 1.56, 8: 1.45 }

/**
 * The smallest shift, in standard deviations of the differences, that this many blocks find in 90 % of cases at two-sided 5 %.
 * Solves n = π/3 · (((z(1 − α/2) + z(0.9)) / shift)² + z(1 − α/2)² / 2) for the shift: the paired t-test as corrected by Guenther
 * (1981, "Sample size formulas for normal theory t tests"), times what the signed-rank test needs more with normal data (Hodges
 * and Lehmann 1956). α is the level that the signed-rank test really has with n blocks, 5 % or less.
 */
const shiftInDeviations = (blocks: number): number => {
  const exact = blocks <= exactUpTo ? signedRankCritical(blocks, alpha) : null
  const z = exact === null ? zOfLevel : normalQuantile(1 - exact.alpha / 2)
  return simulated[blocks] ?? (z + zOfPower) / Math.sqrt((3 * blocks) / Math.PI - (z * z) / 2)
}

/** By number of blocks from the fewest to the most; each entry is smaller than the one before it. */
const findable = Array.from({ length: most - enoughForInterval + 1 }, (_, index) => shiftInDeviations(enoughForInterval + index))

/**
 * Blocks at which a true shift is found with 90 % power at two-sided 5 %, where `sd` is the standard deviation of the differences
 * between blocks, in the same unit: both are natural logarithms where ratios are compared. At least 6; null above 1,000: with no
 * sensible number.
 */
export const blocksNeeded = (shift: number, sd: number): number | null => {
  const index = shift === 0 ? -1 : findable.findIndex((deviations) => deviations * sd <= Math.abs(shift))
  return index < 0 ? null : enoughForInterval + index
}

/** The smallest ratio above 1 that this many blocks find, with the same power and level; null with fewer than 6. */
export const smallestRatio = (blocks: number, sdOfLogRatios: number): number | null => {
  const deviations = findable[Math.min(blocks, most) - enoughForInterval]
  return deviations === undefined ? null : Math.exp(deviations * sdOfLogRatios)
}

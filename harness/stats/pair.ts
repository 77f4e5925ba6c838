// Two measurements of the same metric in the same block, and how far apart they are.

/** Both above 0: compared by their ratio. */
export interface Pair {
  readonly arm: number
  readonly reference: number
}

/** Relative rounding error: 0.3 is as much as 3 × 0.1. */
const rounding = 1e-9

/** arm − reference; 0 where only rounding tells them apart. */
export const difference = ({ arm, reference }: Pair): number => {
  const apart = arm - reference
  return Math.abs(apart) <= rounding * Math.max(Math.abs(arm), Math.abs(reference)) ? 0 : apart
}

/** ln(arm ÷ reference): 0 when equal, and a half as far from 0 as a double. */
export const logRatio = ({ arm, reference }: Pair): number => {
  if (!(arm > 0 && reference > 0 && Number.isFinite(arm / reference)))
    throw new RangeError(`a ratio needs two numbers above 0, not ${arm} and ${reference}`)
  return difference({ arm, reference }) === 0 ? 0 : Math.log(arm) - Math.log(reference)
}

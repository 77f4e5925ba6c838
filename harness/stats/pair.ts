// Two measurements of the same metric in the same block, and how far apart they are.

/** Both above 0: compared by their ratio. */
export interface Pair {
  readonly arm: number
  readonly reference: number
}

/** ln(arm ÷ reference): 0 when equal, and a half as far from 0 as a double. */
export const logRatio = ({ arm, reference }: Pair): number => {
  if (!(arm > 0 && reference > 0 && Number.isFinite(arm / reference)))
    throw new RangeError(`a ratio needs two numbers above 0, not ${arm} and ${reference}`)
  return Math.log(arm) - Math.log(reference)
}

// The prediction interval for the next value of an unchanged series.
import { studentReach } from './student.ts'

/**
 * Half the width of the prediction interval for one more value, about the mean of `count` earlier ones: t · s · √(1 + 1/n), with the degrees of
 * freedom of s² (Hahn and Meeker, Statistical Intervals, 4.7). Exact where values are normal.
 */
export const predictionReach = (
  { variance, degrees }: { readonly variance: number; readonly degrees: number },
  count: number,
  level: number,
): number => studentReach(level, degrees) * Math.sqrt(variance * (1 + 1 / count))

// The prediction interval for the next value of an unchanged series.
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { studentReach } from './student.ts'

/**
 * Half the width of the prediction interval for one more value, about the mean of those there are, two at least: t · s · √(1 + 1/n), with
 * Student's t of n − 1 degrees of freedom (Hahn and Meeker, Statistical Intervals, 4.7). Exact where values are normal.
 */
export const predictionReach = (values: readonly number[], level: number): { middle: number; reach: number } => ({
  middle: mean([...values]),
  reach: studentReach(level, values.length - 1) * sampleStandardDeviation([...values]) * Math.sqrt(1 + 1 / values.length),
})

// What there is to compare: which arms, by which metrics, with which other arm.
import type { ArmRun, Comparison, ScenarioRun } from '../../../model/run.ts'
import { isEpisodic } from '../../facts/episode.ts'

/** The arms something is compared with, in the order of reading. */
export const references = ['control', 'incident'] as const

/** Arms that were compared with another; none of episodes, which have no pairs. */
export const comparedArms = (scenario: ScenarioRun): ArmRun[] =>
  isEpisodic(scenario) ? [] : scenario.arms.filter((arm) => arm.comparisons.length > 0)

/** Names of the metrics by which arms were compared. */
export const comparedMetrics = (scenario: ScenarioRun): string[] => [
  ...new Set(scenario.arms.flatMap((arm) => arm.comparisons.map((comparison) => comparison.metric))),
]

/** The comparison of an arm by one metric; undefined where there is none. */
export const comparisonOf = (arm: ArmRun, metric: string, reference: Comparison['with']): Comparison | undefined =>
  arm.comparisons.find((comparison) => comparison.metric === metric && comparison.with === reference)

// What is said of a comparison: how many times, and in which direction. Verdicts have other words.
import type { Comparison, ScenarioRun } from '../../../model/run.ts'
import { unitOf } from '../../facts/key-metrics.ts'
import { comparedMetrics } from './facts.ts'
import { multiple } from '../../write/quantity.ts'
import { spreadSentence } from '../../write/uncertainty-words.ts'

/** What a number above and one below the other's are. */
const directions = (scenario: ScenarioRun, { metric }: Comparison): readonly [above: string, below: string] =>
  unitOf(scenario, metric) === 'ms' ? ['slower', 'faster'] : ['higher', 'lower']

/** `2.31× slower`, `10.0× faster`, `the same`, `~ too close to call`. */
export const answerText = (scenario: ScenarioRun, comparison: Comparison): string => {
  const { answer, ratio } = comparison
  if (answer === 'equivalent') return 'the same'
  if (answer === 'inconclusive') return '~ too close to call'
  const [above, below] = directions(scenario, comparison)
  return ratio >= 1 ? `${multiple(ratio)}× ${above}` : `${ratio > 0 ? `${multiple(1 / ratio)}× ` : ''}${below}`
}

/** `2.31 ×` */
export const ratioText = ({ ratio }: Comparison): string => `${multiple(ratio)}\u00a0×`

/** `[2.20–2.43]`; empty where there is no interval. */
export const ratioInterval = ({ interval }: Comparison): string =>
  interval === null ? '' : `[${multiple(interval.low)}–${multiple(interval.high)}]`

/** What the table of comparisons holds. */
export const comparedLead = (scenario: ScenarioRun): string =>
  [
    'The arm’s value over the other’s, block against block. The same: within 5 % either way. Too close to call: these blocks leave it open.',
    scenario.arms.some((arm) => arm.comparisons.some(({ interval }) => interval !== null))
      ? 'In square brackets: the exact Hodges–Lehmann interval, 95 % or a little more.'
      : '',
    spreadSentence(scenario, comparedMetrics(scenario)),
  ]
    .filter((part) => part !== '')
    .join(' ')

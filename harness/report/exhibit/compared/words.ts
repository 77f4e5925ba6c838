// What is said of a comparison: how many times, between what, the answer, and what would settle it.
import type { Comparison, ScenarioRun } from '../../../model/run.ts'
import { comparedMetrics } from './facts.ts'
import { multiple } from '../../write/quantity.ts'
import { spreadSentence } from '../../write/uncertainty-words.ts'

const symbols: Record<Comparison['answer'], string> = { improved: '+', regressed: '−', equivalent: '=', inconclusive: '?' }

/** The sign of an answer, so that colour never speaks alone. */
export const answerSymbol = (answer: Comparison['answer']): string => symbols[answer]

/** `2.31 ×` */
export const ratioText = ({ ratio }: Comparison): string => `${multiple(ratio)}\u00a0×`

/** `[2.20–2.43]`; empty where there is no interval. */
export const ratioInterval = ({ interval }: Comparison): string =>
  interval === null ? '' : `[${multiple(interval.low)}–${multiple(interval.high)}]`

/** How many more blocks would settle it; empty where there is an answer. */
export const furtherText = ({ answer, furtherBlocks }: Comparison): string => {
  if (answer !== 'inconclusive') return ''
  if (furtherBlocks === null) return 'no sensible number of blocks would settle it'
  return `about ${furtherBlocks} more ${furtherBlocks === 1 ? 'block' : 'blocks'} would settle it`
}

/** What the table of comparisons holds. */
export const comparedLead = (scenario: ScenarioRun): string =>
  [
    'The arm’s value over the other’s, block against block. Equivalent: within 5 % either way.',
    scenario.arms.some((arm) => arm.comparisons.some(({ interval }) => interval !== null))
      ? 'In square brackets: the exact Hodges–Lehmann interval, 95 % or a little more.'
      : '',
    spreadSentence(scenario, comparedMetrics(scenario)),
  ]
    .filter((part) => part !== '')
    .join(' ')

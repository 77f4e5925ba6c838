// How sure the numbers are, in words: what the brackets hold, and how far control is from itself.
import type { ScenarioRun } from '../../model/run.ts'
import { enoughForInterval } from '../../stats/blocks-needed.ts'
import { isEpisodic } from '../facts/episode.ts'
import { metricLabel } from './metric-words.ts'
import { distance, exact } from './quantity.ts'

/** What a value of this scenario is, and what stands in brackets beside it. */
export const bracketWords = (scenario: ScenarioRun): string => `${valueWords(scenario)} ${inBrackets(scenario)}`

const valueWords = (scenario: ScenarioRun): string => {
  const median = (trials: string): string =>
    `A value is the median of all valid ${trials}, Σ their sum; failed requests are counted over all of them.`
  return isEpisodic(scenario)
    ? `${median('episodes')} Recovery: the longest time in which the client got no answer, from the repair on in an episode that has one. ≥: not over when the episode ended.`
    : median('blocks')
}

const inBrackets = (scenario: ScenarioRun): string => {
  if (isEpisodic(scenario))
    return 'Below the verdict: in how many valid episodes it was found, and the exact 95 % interval of that share. In round brackets: the smallest and the largest of the episodes.'
  return scenario.arms.some((arm) => Object.values(arm.metrics).some((metric) => metric.interval !== null))
    ? 'In square brackets: the 95 % interval of the value (BCa block bootstrap). In round brackets: the smallest and the largest block.'
    : `In round brackets: the smallest and the largest block. With fewer than ${enoughForInterval} blocks there is no interval.`
}

/** A distance that is not none is never written as none. */
const apart = ({ value, unit }: ScenarioRun['spread'][string]): string => {
  const text = distance(value, unit)
  return value === 0 || /[1-9]/.test(text) ? text : exact(Number(value.toPrecision(1)), unit, 'points')
}

/** What the A/A spread is. */
export const spreadMeaning =
  'What two trials of control in one block differ by, the median over the blocks: the noise of the measurement.'

/** How far two trials of control in one block are apart; empty where there were not two. */
export const spreadText = (scenario: ScenarioRun, name: string): string => {
  const spread = scenario.spread[name]
  if (spread === undefined) return ''
  return spread.value === 0 ? '0' : apart(spread)
}

/** The same as a sentence over some metrics; empty where there were not two. */
export const spreadSentence = (scenario: ScenarioRun, names: readonly string[]): string => {
  const parts = names.flatMap((name) => {
    const spread = scenario.spread[name]
    return spread === undefined ? [] : [`${apart(spread)} in ${metricLabel(scenario, name)}`]
  })
  return parts.length === 0 ? '' : `Two trials of control in one block differ by ${parts.join(' and ')} (median over the blocks).`
}

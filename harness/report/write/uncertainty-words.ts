// Uncertainty in words: the meaning of the brackets, and the A/A spread.
import type { ScenarioRun } from '../../model/run.ts'
import { fewestBlocks } from '../../stats/signed-rank.ts'
import { isEpisodic } from '../facts/episode.ts'
import { noiseOf } from '../facts/noise.ts'
import { oneEpisode } from './outcome-words.ts'
import { metricLabel } from './metric-words.ts'
import { distance, exact } from './quantity.ts'

/** The meaning of a value of this scenario, and of its brackets. */
export const bracketWords = (scenario: ScenarioRun): string => `${valueWords(scenario)} ${inBrackets(scenario)}`

const valueWords = (scenario: ScenarioRun): string => {
  const median = (trials: string): string =>
    `A value is the median of all valid ${trials}, Σ their sum; failed requests are counted over all of them.`
  return isEpisodic(scenario)
    ? `${median('episodes')} Recovery: the longest time in which the client got no answer, from the repair on in an episode that has one. ≥: not over when the episode ended.`
    : median('blocks')
}

const inBrackets = (scenario: ScenarioRun): string => {
  if (isEpisodic(scenario) && scenario.arms.every(({ outcome }) => outcome === null || outcome.n === 1))
    return `Below the verdict: once. ${oneEpisode}.`
  if (isEpisodic(scenario))
    return 'Below the verdict: how many valid episodes agree (exact 95 % interval). In round brackets: the smallest and the largest episode.'
  return scenario.arms.some((arm) => Object.values(arm.metrics).some((metric) => metric.interval !== null))
    ? 'In square brackets: the 95 % interval of the value (BCa block bootstrap). In round brackets: the smallest and the largest block.'
    : `In round brackets: the smallest and the largest block. With fewer than ${fewestBlocks(0.05)} blocks there is no interval.`
}

/** A nonzero distance is never written as 0. */
const apart = ({ value, unit }: ScenarioRun['spread'][string]): string => {
  const text = distance(value, unit)
  return value === 0 || /[1-9]/.test(text) ? text : exact(Number(value.toPrecision(1)), unit, 'points')
}

/** "Control against control differs by 14 % in latency p95 here: the machine was noisy."; empty on a quiet machine. */
export const noiseSentence = (scenario: ScenarioRun): string => {
  const noise = noiseOf(scenario)
  if (noise === null) return ''
  return `Control against control differs by ${percentOf(noise.share)} in ${metricLabel(scenario, noise.metric)} here: the machine was noisy.`
}

const percentOf = (share: number): string => `${Math.round(share * 100)}\u00a0%`

/** Meaning of the A/A spread. */
export const spreadMeaning = 'Median difference between the two control trials of a block: measurement noise.'

/** The A/A spread; empty without second control trials. */
export const spreadText = (scenario: ScenarioRun, name: string): string => {
  const spread = scenario.spread[name]
  if (spread === undefined) return ''
  return spread.value === 0 ? '0' : apart(spread)
}

/** The same as a sentence over some metrics; empty without second control trials. */
export const spreadSentence = (scenario: ScenarioRun, names: readonly string[]): string => {
  const parts = names.flatMap((name) => {
    const spread = scenario.spread[name]
    return spread === undefined ? [] : [`${apart(spread)} in ${metricLabel(scenario, name)}`]
  })
  return parts.length === 0 ? '' : `Two trials of control in one block differ by ${parts.join(' and ')} (median over the blocks).`
}

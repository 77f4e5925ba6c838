// Each arm against control and against the incident: ratio, interval, and conclusion.
import type { ArmRun, Comparison, ScenarioRun } from '../../model/run.ts'
import { armTable, asides, lead } from '../document/elements.ts'
import type { Cell } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { isEpisodic } from '../facts/episode.ts'
import { unitOf } from '../facts/key-metrics.ts'
import { metricLabel } from '../write/metric-words.ts'
import { multiple } from '../write/quantity.ts'
import { spreadSentence } from '../write/uncertainty-words.ts'

export const exhibit: Exhibit = {
  order: 50,
  title: 'Compared',
  elements: (scenario) => {
    const arms = isEpisodic(scenario) ? [] : scenario.arms.filter(({ comparisons }) => comparisons.length > 0) // episodes have no pairs
    if (arms.length === 0) return []
    const metrics = [...new Set(arms.flatMap(({ comparisons }) => comparisons.map(({ metric }) => metric)))]
    const columns = metrics.flatMap((metric) =>
      references.map((reference) => ({
        label: `${metricLabel(scenario, metric)}, with ${reference}`,
        of: (arm: ArmRun) =>
          cell(
            scenario,
            arm.comparisons.find((each) => each.metric === metric && each.with === reference),
          ),
      })),
    )
    return [
      lead(leadOf(scenario, metrics)),
      armTable('Each arm against control and against the incident', 'more compared', arms, columns),
    ]
  },
}

/** The reference arms, in reading order. */
const references = ['control', 'incident'] as const

const leadOf = (scenario: ScenarioRun, metrics: readonly string[]): string => {
  const compared = scenario.arms.flatMap(({ comparisons }) => comparisons)
  return [
    'Ratio to control or incident, paired by block. The same: within 5 % either way. Too close to call: the data do not decide.',
    compared.some(({ p }) => typeof p === 'number')
      ? 'Slower or faster is decided over all comparisons of the run together: by chance at most 5 % of runs have one that is not.'
      : '',
    compared.some(({ p }) => p === null)
      ? 'With so few blocks slower or faster means that every block differs the same way, by 3 times the A/A spread; chance then has no exact limit.'
      : '',
    compared.some(({ interval }) => interval !== null)
      ? 'In square brackets: the exact Hodges–Lehmann interval of each ratio by itself, 95 % or a little more.'
      : '',
    spreadSentence(scenario, metrics),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

const cell = (scenario: ScenarioRun, comparison: Comparison | undefined): Cell => {
  if (comparison === undefined) return null
  const { ratio, interval } = comparison
  return [
    { piece: 'value', value: ratio, text: `${multiple(ratio)}\u00a0×` },
    ...asides(interval === null ? '' : `[${multiple(interval.low)}–${multiple(interval.high)}]`),
    { piece: 'answer', text: answerText(scenario, comparison) },
  ]
}

/** `2.31× slower`, `10.0× faster`, `the same`, `~ too close to call`. Verdicts have other words. */
const answerText = (scenario: ScenarioRun, { answer, ratio, metric }: Comparison): string => {
  if (answer === 'equivalent') return 'the same'
  if (answer === 'inconclusive') return '~ too close to call'
  const [above, below] = unitOf(scenario, metric) === 'ms' ? ['slower', 'faster'] : ['higher', 'lower']
  return ratio >= 1 ? `${multiple(ratio)}× ${above}` : `${ratio > 0 ? `${multiple(1 / ratio)}× ` : ''}${below}`
}

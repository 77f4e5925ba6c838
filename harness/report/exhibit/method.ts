// The method of measurement, the rules of the verdicts, all numbers and all trials.
import { copyName } from '../../model/design.ts'
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { isValid } from '../../model/trial.ts'
import type { Trial } from '../../model/trial.ts'
import { aside, asides, lead } from '../document/elements.ts'
import type { Element, Column } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { isEpisodic } from '../facts/episode.ts'
import { allMetrics } from '../facts/key-metrics.ts'
import { figureCell, figureOfMetric } from '../write/key-figures.ts'
import { clock } from '../write/date.ts'
import { labelWithUnit, metricMeaning } from '../write/metric-words.ts'
import { figure, quantity } from '../write/quantity.ts'
import { atTime } from '../write/time-words.ts'
import { expectationWords } from './method/rule-words.ts'
import { methodWords } from './method/words.ts'

export const exhibit: Exhibit = {
  order: 110,
  title: 'Method',
  elements: (scenario, { seed }) => [
    { element: 'terms', terms: methodWords(scenario, seed) },
    { element: 'heading', text: 'Rules' },
    lead('A verdict is given when all its rules hold. Missing data is never a pass.'),
    {
      element: 'terms',
      terms: expectationWords(scenario).map(({ verdict, rules }) => [verdict, ...rules]),
    },
    allNumbers(scenario),
    allTrials(scenario),
  ],
}

const allNumbers = (scenario: ScenarioRun): Element => {
  const names = allMetrics(scenario)
  const { arms } = scenario
  return {
    element: 'details',
    look: 'numbers',
    summary: ['All numbers', aside(`${names.length} metrics of ${arms.length} arms`)],
    elements: [
      {
        element: 'table',
        caption: 'Every metric of every arm',
        look: 'grid',
        first: 'metric',
        columns: arms.map((arm) => ({ label: `${arm.name}, ${observations(arm)}`, holds: 'numbers' })),
        rows: names.map((name) => {
          const ofMetric = figureOfMetric(scenario, name)
          return {
            heading: [labelWithUnit(scenario, name), ...asides(metricMeaning(scenario, name) ?? '')],
            cells: arms.map((arm) => figureCell(arm, ofMetric)),
          }
        }),
      },
    ],
  }
}

const observations = (arm: ArmRun): string => {
  const counts = Object.values(arm.metrics).map((metric) => metric.n)
  return counts.length === 0 ? 'not measured' : `n ${figure(Math.max(...counts), 'requests')}`
}

/** In the order they ran, with the figures of load and host that the self-check uses. */
const allTrials = (scenario: ScenarioRun): Element => ({
  element: 'details',
  look: 'numbers',
  summary: ['Trials', aside(`${scenario.trials.length}, in the order they ran`)],
  elements: [
    {
      element: 'table',
      caption: 'Trials in the order they ran',
      look: 'grid',
      first: '#',
      columns: trialColumns.flatMap(({ label, holds, isOfEpisodes = false }) =>
        isOfEpisodes && !isEpisodic(scenario) ? [] : [{ label, holds }],
      ),
      rows: scenario.trials
        .toSorted((a, b) => a.order - b.order)
        .map((trial) => ({ heading: String(trial.order + 1), cells: trialColumns.map(({ of }) => of(trial)) })),
    },
  ],
})

/** Columns of episodes come last. */
const trialColumns: readonly (Column & { readonly isOfEpisodes?: boolean; readonly of: (trial: Trial) => string })[] = [
  { label: 'block or episode', holds: 'numbers', of: ({ block }) => String(block + 1) },
  { label: 'arm', holds: 'words', of: copyName },
  { label: 'started, UTC', holds: 'words', of: ({ startedAt }) => clock(startedAt) },
  {
    label: 'sent',
    holds: 'numbers',
    of: ({ load }) => `${figure(load.sent, 'requests')} of ${figure(load.intended, 'requests')}`,
  },
  { label: 'failed', holds: 'numbers', of: ({ load }) => figure(load.failed, 'requests') },
  {
    label: 'send lag p99',
    holds: 'numbers',
    of: ({ load }) => (load.sendLagUs === null ? '—' : quantity(load.sendLagUs.p99 / 1000, 'ms')),
  },
  { label: 'host idle', holds: 'numbers', of: ({ host }) => quantity(host.idle, 'ratio') },
  { label: 'steal', holds: 'numbers', of: ({ host }) => quantity(host.steal, 'ratio') },
  { label: 'others', holds: 'numbers', of: ({ host }) => quantity(host.others, 'ratio') },
  { label: 'self-check', holds: 'words', of: (trial) => (isValid(trial) ? 'counts' : `✕ ${trial.invalid.join('; ')}`) },
  {
    label: 'ended',
    holds: 'words',
    isOfEpisodes: true,
    of: ({ timeline }) => (timeline === null ? '' : `${atTime(timeline.toMs)}: ${timeline.ended}`),
  },
]

// The verdicts of a run as a Markdown table per scenario: each arm with what was expected and its key numbers.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { keyMetrics, unitOf } from '../numbers/key-metrics.ts'
import { around, metricFigure, metricLabel, unitBeside } from '../numbers/metric-display.ts'
import { hasOutcomes, outcomeWords } from '../words/outcome-words.ts'
import { bracketWords, spreadMeaning, spreadText } from '../words/uncertainty-words.ts'
import { verdictWords } from '../words/verdict-words.ts'
import { plain, table } from './markdown-text.ts'

/** A metric's name with its unit, where the unit says more than the name. */
export const labelWithUnit = (scenario: ScenarioRun, name: string): string => {
  const unit = unitBeside(unitOf(scenario, name))
  return unit === '' ? metricLabel(name) : `${metricLabel(name)}, ${unit}`
}

/** The value of a metric of an arm with its interval, or its blocks. */
export const measured = (arm: ArmRun, name: string): string => {
  const metric = arm.metrics[name]
  if (metric === undefined) return '—'
  return `${metricFigure(name, metric)} ${around(name, metric)}`.trim()
}

const expected = (arm: ArmRun): string => `${verdictWords(arm.expected).word}${arm.asExpected ? '' : ' **≠**'}`

const row = (scenario: ScenarioRun, arm: ArmRun): string[] => {
  const { symbol, word } = verdictWords(arm.verdict)
  return [
    `**${plain(arm.name)}**`,
    arm.kind,
    `${symbol} **${word}**`,
    ...(hasOutcomes(scenario) ? [outcomeWords(arm) || '—'] : []),
    expected(arm),
    ...keyMetrics(scenario).map((name) => measured(arm, name)),
  ]
}

/** How far control is from itself, below what the arms differ by. */
const spreadRows = (scenario: ScenarioRun): string[][] =>
  Object.keys(scenario.spread).length === 0
    ? []
    : [
        [
          'A/A spread',
          '',
          '',
          '',
          ...(hasOutcomes(scenario) ? [''] : []),
          ...keyMetrics(scenario).map((name) => plain(spreadText(scenario, name)) || '—'),
        ],
      ]

/** The table of a scenario's arms, and what its brackets hold. */
export const verdictSection = (scenario: ScenarioRun): string =>
  [
    table(
      [
        'arm',
        'kind',
        'verdict',
        ...(hasOutcomes(scenario) ? ['episodes'] : []),
        'expected',
        ...keyMetrics(scenario).map((name) => plain(labelWithUnit(scenario, name))),
      ],
      [...scenario.arms.map((arm) => row(scenario, arm)), ...spreadRows(scenario)],
      (column) => column > (hasOutcomes(scenario) ? 4 : 3),
    ),
    `${spreadRows(scenario).length === 0 ? '' : `A/A spread: ${spreadMeaning} `}${bracketWords(scenario)}`,
  ].join('\n\n')

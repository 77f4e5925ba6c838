// The verdicts of a run as a Markdown table per scenario: each arm with what was expected and its key numbers.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { keyMetrics } from '../facts/key-metrics.ts'
import { armValue } from '../write/arm-value.ts'
import { labelWithUnit } from '../write/metric-words.ts'
import { hasOutcomes, outcomeWords } from '../write/outcome-words.ts'
import { bracketWords, spreadMeaning, spreadText } from '../write/uncertainty-words.ts'
import { verdictWords } from '../write/verdict-words.ts'
import { plain, table } from '../write/markdown-text.ts'

/** The value of a metric of an arm with what stands beside it. */
export const measured = (scenario: ScenarioRun, arm: ArmRun, name: string): string => {
  const value = armValue(scenario, arm, name)
  return value === null ? '—' : [value.shown, ...value.beside].join(' ')
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
    ...keyMetrics(scenario).map((name) => measured(scenario, arm, name)),
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

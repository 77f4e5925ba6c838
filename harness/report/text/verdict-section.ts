// The verdicts of a run as a Markdown table per scenario: each arm with what was expected and its key numbers.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { keyMetrics, unitOf } from '../numbers/key-metrics.ts'
import { blockSpread, metricFigure, metricLabel } from '../numbers/metric-display.ts'
import { verdictWords } from '../words/verdict-words.ts'
import { plain, table } from './markdown-text.ts'

/** A metric's name with its unit, where the unit says more than the name. */
export const labelWithUnit = (scenario: ScenarioRun, name: string): string => {
  const unit = unitOf(scenario, name)
  return ['', 'ratio', 'pods', 'requests', 'connections'].includes(unit) ? metricLabel(name) : `${metricLabel(name)}, ${unit}`
}

/** The value of a metric of an arm with the range of its blocks. */
export const measured = (arm: ArmRun, name: string): string => {
  const metric = arm.metrics[name]
  if (metric === undefined) return '—'
  const range = blockSpread(name, metric)
  return range === '' ? metricFigure(name, metric) : `${metricFigure(name, metric)} [${range}]`
}

const expected = (arm: ArmRun): string => `${verdictWords(arm.expected).word}${arm.asExpected ? '' : ' **≠**'}`

const row = (scenario: ScenarioRun, arm: ArmRun): string[] => {
  const { symbol, word } = verdictWords(arm.verdict)
  return [
    `**${plain(arm.name)}**`,
    arm.kind,
    `${symbol} **${word}**`,
    expected(arm),
    ...keyMetrics(scenario).map((name) => measured(arm, name)),
  ]
}

/** The table of a scenario's arms. */
export const verdictSection = (scenario: ScenarioRun): string =>
  table(
    ['arm', 'kind', 'verdict', 'expected', ...keyMetrics(scenario).map((name) => plain(labelWithUnit(scenario, name)))],
    scenario.arms.map((arm) => row(scenario, arm)),
    (column) => column > 3,
  )

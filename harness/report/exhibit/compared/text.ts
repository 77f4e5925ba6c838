// Each arm against control and against the incident, in Markdown.
import type { ArmRun, Comparison, ScenarioRun } from '../../../model/run.ts'
import { comparedArms, comparedMetrics, comparisonOf, references } from './facts.ts'
import { metricLabel } from '../../write/metric-words.ts'
import { answerText, comparedLead, ratioInterval, ratioText } from './words.ts'
import { plain, table } from '../../write/markdown-text.ts'

const cells = (scenario: ScenarioRun, comparison: Comparison | undefined): string[] => {
  if (comparison === undefined) return ['—', '—']
  return [`${ratioText(comparison)} ${ratioInterval(comparison)}`.trim(), plain(answerText(scenario, comparison))]
}

const row = (scenario: ScenarioRun, arm: ArmRun, name: string): string[] => [
  `**${plain(arm.name)}**`,
  plain(metricLabel(scenario, name)),
  ...references.flatMap((reference) => cells(scenario, comparisonOf(arm, name, reference))),
]

/** A lead and a table; empty where nothing was compared. */
export const comparedSection = (scenario: ScenarioRun): string[] => {
  const rows = comparedArms(scenario).flatMap((arm) =>
    comparedMetrics(scenario)
      .filter((name) => arm.comparisons.some((comparison) => comparison.metric === name))
      .map((name) => row(scenario, arm, name)),
  )
  if (rows.length === 0) return []
  const headings = ['arm', 'metric', 'with control', 'answer', 'with incident', 'answer']
  return [plain(comparedLead(scenario)), table(headings, rows, (column) => column === 2 || column === 4)]
}

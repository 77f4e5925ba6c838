// What each remedy costs, in Markdown: added latency, resources, and the rest in words.
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'
import { labelWithUnit, metricLabel } from '../../write/metric-words.ts'
import { difference } from '../../write/quantity.ts'
import { added, addedRemarks, changes, latencyMetrics, resourceMetrics } from './facts.ts'
import { plain, table } from '../../write/markdown-text.ts'
import { measured } from '../../frame/verdict-section.ts'

const addedCell = (scenario: ScenarioRun, arm: ArmRun, name: string): string => {
  const more = added(scenario, arm, name)
  if (more === null) return '—'
  const remarks = addedRemarks(more)
  return `${difference(more.value, more.unit)}${remarks.length > 0 ? ` (${plain(remarks.join(', '))})` : ''}`
}

/** The table of costs; empty without a remedy. */
export const costsSection = (scenario: ScenarioRun): string => {
  const [latencies, resources] = [latencyMetrics(scenario), resourceMetrics(scenario)]
  if (changes(scenario).length === 0) return ''
  const rows = changes(scenario).map((arm) => [
    `**${plain(arm.name)}**`,
    ...latencies.map((name) => addedCell(scenario, arm, name)),
    ...resources.map((name) => measured(scenario, arm, name)),
    plain(arm.costs.join('; ')),
  ])
  const headings = [
    'remedy',
    ...latencies.map((name) => `added ${metricLabel(scenario, name)}`),
    ...resources.map((name) => labelWithUnit(scenario, name)),
    'in words',
  ]
  return table(headings.map(plain), rows, (column) => column > 0 && column < headings.length - 1)
}

/** What one arm costs, a line each: what it adds to the latency, and the resources only it needs. */
export const costLines = (scenario: ScenarioRun, arm: ArmRun): string[] => [
  ...latencyMetrics(scenario).flatMap((name) => {
    const more = added(scenario, arm, name)
    if (more === null) return []
    const remarks = ['against control', ...addedRemarks(more)].join(', ')
    return [`${metricLabel(scenario, name)}: ${difference(more.value, more.unit)} (${remarks})`]
  }),
  ...resourceMetrics(scenario)
    .filter((name) => arm.metrics[name] !== undefined)
    .map((name) => `${labelWithUnit(scenario, name)}: ${measured(scenario, arm, name)}`),
]

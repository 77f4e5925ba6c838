// Where the time of a run went, in Markdown.
import type { Run } from '../../../model/run.ts'
import { timeSpent } from './facts.ts'
import type { Part, ScenarioTime, TimeSpent } from './facts.ts'
import { minutes } from '../../write/date.ts'
import { floorWords, nodesLead, partWords, scenariosLead, timeHeadings, timeLead, trialsWord } from './words.ts'
import { plain, table } from '../../write/markdown-text.ts'

const partTable = (parts: readonly Part[], nodes: number): string =>
  table(
    ['phase', 'min:s', 'floor'],
    parts.map((part) => [`**${plain(partWords(part, nodes))}**`, minutes(part.seconds), floorWords(part)]),
    (column) => column > 0,
  )

const scenarioRow = (scenario: ScenarioTime): string[] => [
  `**${plain(scenario.slug)}**`,
  trialsWord(scenario),
  minutes(scenario.seconds),
  floorWords(scenario),
  minutes(scenario.wallSeconds),
]

const ofNodes = (spent: TimeSpent): string[] =>
  spent.nodeParts.length === 0 ? [] : [`### ${timeHeadings.nodes}`, nodesLead(spent), partTable(spent.nodeParts, spent.nodes)]

const ofScenarios = ({ scenarios }: TimeSpent): string[] =>
  scenarios.length === 0
    ? []
    : [
        `### ${timeHeadings.scenarios}`,
        scenariosLead,
        table(['scenario', 'trials', 'min:s', 'floor', 'first to last'], scenarios.map(scenarioRow), (column) => column > 1),
      ]

/** A heading, leads and tables; empty where phases were not recorded. */
export const timeSection = (run: Run): string[] => {
  const spent = timeSpent(run)
  if (spent === null) return []
  return [
    `## ${timeHeadings.run}`,
    timeLead(spent, run),
    partTable(spent.parts, spent.nodes),
    ...ofNodes(spent),
    ...ofScenarios(spent),
  ]
}

// Where the time of a run went, next to the minimum of windows and timers.
import type { Run } from '../../../model/run.ts'
import { lead } from '../../document/elements.ts'
import type { Element, Cell, Section } from '../../document/elements.ts'
import { minutes } from '../../write/date.ts'
import { timeSpent } from './facts.ts'
import type { Part, ScenarioTime, TimeSpent } from './facts.ts'
import { partWords, timeWords } from './words.ts'

/** No elements if phases were not recorded. */
export const timeSection = (run: Run): Section => {
  const spent = timeSpent(run)
  return { ...title, elements: spent === null ? [] : elementsOf(spent, run) }
}

/** The total and a row for each phase of the run, without its nodes and scenarios. */
export const briefTimeSection = (run: Run): Section => {
  const spent = timeSpent(run)
  return { ...title, elements: spent === null ? [] : [lead(timeWords(spent)), runTable(spent)] }
}

const title = { id: 'time-spent', title: 'Where the time went' }

const runTable = ({ parts, nodes }: TimeSpent): Element => partTable('Time of the run', parts, nodes)

const elementsOf = (spent: TimeSpent, run: Run): Element[] => [
  lead(leadWords(spent, run)),
  runTable(spent),
  ...(spent.nodeParts.length === 0
    ? []
    : [
        { element: 'heading', text: 'On the nodes' } as const,
        lead(nodesWords(spent)),
        partTable('Time of the nodes that played episodes', spent.nodeParts, spent.nodes),
      ]),
  ...(spent.scenarios.length === 0
    ? []
    : [
        { element: 'heading', text: 'By scenario' } as const,
        lead('Time per scenario (for episodes, summed over nodes), and wall-clock time from first to last phase.'),
        scenarioTable(spent),
      ]),
]

const time = (seconds: number): Cell => ({ piece: 'value', value: seconds, text: minutes(seconds) })

const floor = ({ floorSeconds }: Part | ScenarioTime): Cell => (floorSeconds === null ? null : time(floorSeconds))

const partTable = (caption: string, parts: readonly Part[], nodes: number): Element => ({
  element: 'table',
  caption,
  look: 'grid',
  first: 'phase',
  columns: [
    { label: 'min:s', holds: 'numbers' },
    { label: 'floor', holds: 'numbers' },
  ],
  rows: parts.map((part) => ({ heading: partWords(part, nodes), cells: [time(part.seconds), floor(part)] })),
})

const scenarioTable = ({ scenarios }: TimeSpent): Element => ({
  element: 'table',
  caption: 'Time of each scenario',
  look: 'grid',
  first: 'scenario',
  columns: [
    { label: 'trials', holds: 'words' },
    { label: 'min:s', holds: 'numbers' },
    { label: 'floor', holds: 'numbers' },
    { label: 'first to last', holds: 'numbers' },
  ],
  rows: scenarios.map((scenario) => ({
    heading: scenario.slug,
    cells: [scenario.episodic ? 'episodes' : 'steady load', time(scenario.seconds), floor(scenario), time(scenario.wallSeconds)],
  })),
})

const leadWords = (spent: TimeSpent, { finishedAt }: Run): string =>
  [
    `${timeWords(spent)}.`,
    'Floor: the trials alone, without overhead. Other: time outside all phases.',
    ...(finishedAt === null ? ['Phases that were running at the interruption are not counted.'] : []),
  ].join(' ')

const nodesWords = ({ nodes, nodeParts }: TimeSpent): string => {
  const seconds = nodeParts.reduce((total, part) => total + part.seconds, 0)
  const whose = nodes === 1 ? 'one node' : `${nodes} nodes together`
  return `${minutes(seconds)}\u00a0min of ${whose}, from the start of the first episode to the end of the last. Idle: outside all phases, for example when no episode was left.`
}

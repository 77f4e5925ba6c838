// What is said of where the time of a run went.
import type { Run } from '../../../model/run.ts'
import { figure } from '../../write/quantity.ts'
import type { Part, ScenarioTime, TimeSpent } from './facts.ts'
import { minutes } from '../../write/date.ts'

/** `13:20 min, 1.3 × the 9:50 min that windows and timers take`; the time alone where there is no floor. */
export const timeWords = ({ seconds, floorSeconds, ratio }: TimeSpent): string =>
  floorSeconds === null || ratio === null
    ? `${minutes(seconds)}\u00a0min`
    : `${minutes(seconds)}\u00a0min, ${figure(ratio, '', 1)}\u00a0× the ${minutes(floorSeconds)}\u00a0min that windows and timers take`

/** What the time went to. */
export const partWords = ({ what }: Part, nodes: number): string => {
  if (what !== 'episodes') return what
  return nodes === 1 ? 'episodes, one by one' : `episodes, ${nodes} side by side`
}

/** The floor of a time; a dash where there is none. */
export const floorWords = ({ floorSeconds }: Part | ScenarioTime): string => (floorSeconds === null ? '—' : minutes(floorSeconds))

/** What the tables hold. */
export const timeLead = (spent: TimeSpent, { finishedAt }: Run): string =>
  [
    `${timeWords(spent)}.`,
    'Floor: what the trials alone would take, if nothing around them took time. Other: in no phase.',
    ...(finishedAt === null ? ['Phases that were under way when the run was cut off are not counted.'] : []),
  ].join(' ')

/** The headings of the section and of its tables. */
export const timeHeadings = { run: 'Where the time went', nodes: 'On the nodes', scenarios: 'By scenario' } as const

/** What the table of the nodes holds. */
export const nodesLead = ({ nodes, nodeParts }: TimeSpent): string => {
  const seconds = nodeParts.reduce((total, part) => total + part.seconds, 0)
  const whose = nodes === 1 ? 'one node' : `${nodes} nodes together`
  return `${minutes(seconds)}\u00a0min of ${whose}, from the first moment of the episodes to the last. Idle: in no phase, as when no episode was left.`
}

/** What the table of the scenarios holds. */
export const scenariosLead =
  'The time in a scenario’s phases, of episodes that of all nodes together; and from its first phase to its last, by the clock.'

/** What the trials of a scenario were. */
export const trialsWord = ({ episodic }: ScenarioTime): string => (episodic ? 'episodes' : 'steady load')

// Where the time of a run went, as lines for a terminal.
import type { Run } from '../../../model/run.ts'
import { timeSpent } from './facts.ts'
import type { Part, TimeSpent } from './facts.ts'
import { inColumns } from '../../write/columns.ts'
import { lineWidth, wrapped } from '../../write/wrapped.ts'
import { minutes } from '../../write/date.ts'
import { partWords, timeWords } from './words.ts'

const rows = ({ parts, nodes }: TimeSpent): string[] => {
  const cells = parts.map((part) => [
    partWords(part, nodes),
    minutes(part.seconds),
    part.floorSeconds === null ? '' : 'floor',
    part.floorSeconds === null ? '' : minutes(part.floorSeconds),
  ])
  return inColumns(cells, (column) => column === 1 || column === 3).map((line) => `  ${line}`)
}

const nodePart = ({ what, seconds, floorSeconds }: Part): string =>
  `${what} ${minutes(seconds)}${floorSeconds === null ? '' : ` (floor ${minutes(floorSeconds)})`}`

const nodeLine = ({ nodeParts }: TimeSpent): string[] =>
  nodeParts.length === 0 ? [] : [`  on nodes: ${nodeParts.map(nodePart).join(', ')}`]

/** The total, a line for each part, and one for the nodes; empty if phases were not recorded. */
export const timeTable = (run: Run, columns: number | undefined): string[] => {
  const spent = timeSpent(run)
  if (spent === null) return []
  const lines = [`time  ${timeWords(spent).replaceAll('\u00a0', ' ')}`, ...rows(spent), ...nodeLine(spent)]
  return lines.flatMap((line) => wrapped(line, lineWidth(columns), 4))
}

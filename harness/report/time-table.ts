// Where the time of a run went, as lines for a terminal.
import type { Run } from '../model/run.ts'
import { timeSpent } from './numbers/time-spent.ts'
import type { Part, TimeSpent } from './numbers/time-spent.ts'
import { minutes } from './words/moment.ts'
import { partWords, timeWords } from './words/time-spent-words.ts'

const widestOf = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length))

const rows = ({ parts, nodes }: TimeSpent): string[] => {
  const cells = parts.map((part) => ({
    name: partWords(part, nodes),
    time: minutes(part.seconds),
    floor: part.floorSeconds === null ? '' : minutes(part.floorSeconds),
  }))
  const [name, time, floor] = [
    widestOf(cells.map((cell) => cell.name)),
    widestOf(cells.map((cell) => cell.time)),
    widestOf(cells.map((cell) => cell.floor)),
  ]
  return cells.map(
    (cell) =>
      `  ${cell.name.padEnd(name)}  ${cell.time.padStart(time)}${cell.floor === '' ? '' : `  floor ${cell.floor.padStart(floor)}`}`,
  )
}

const nodePart = ({ what, seconds, floorSeconds }: Part): string =>
  `${what} ${minutes(seconds)}${floorSeconds === null ? '' : ` (floor ${minutes(floorSeconds)})`}`

const nodeLine = ({ nodeParts }: TimeSpent): string[] =>
  nodeParts.length === 0 ? [] : [`  on nodes: ${nodeParts.map(nodePart).join(', ')}`]

/** The whole, a line for each part, and one for how nodes spent theirs; empty where phases were not recorded. */
export const timeTable = (run: Run): string[] => {
  const spent = timeSpent(run)
  if (spent === null) return []
  return [`time  ${timeWords(spent).replaceAll('\u00a0', ' ')}`, ...rows(spent), ...nodeLine(spent)]
}

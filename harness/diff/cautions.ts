// Why a difference between two runs may have another cause than the change under test: their order, the lab, the machine.
import type { Environment } from '../model/environment.ts'
import type { Run } from '../model/run.ts'
import { isPair } from './paired-move.ts'
import { changedMachine, commitOfLab } from './surroundings.ts'

/** A sentence for each, without a full stop. `all`: older runs, oldest first; `history`: the compared ones, at least one. */
export const cautionsOf = (all: readonly Run[], history: readonly Run[], newer: Run): string[] => {
  const [older = newer] = history.slice(-1)
  return [
    ...leftOut(all.length - history.length, all.length, newer.mode),
    ...(isPair(history, newer) ? [] : inOrder(older.startedAt, newer.startedAt)), // the sides of a comparison begin together
    ...commits(older.environment, newer.environment),
    ...machines(older.environment, newer.environment),
  ]
}

const leftOut = (count: number, of: number, mode: Run['mode']): string[] =>
  count === 0
    ? []
    : [`${count} of ${of} older runs omitted: they are ${mode === 'full' ? 'quick' : 'full'}, and the newer run is ${mode}`]

const minute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`

const inOrder = (older: string, newer: string): string[] =>
  Date.parse(newer) >= Date.parse(older)
    ? []
    : [`the runs may be swapped: the newer run began at ${minute(newer)}, before the older one of ${minute(older)}`]

const commits = (older: Environment, newer: Environment): string[] => {
  const [before, after] = [commitOfLab(older), commitOfLab(newer)]
  if (before !== after) return [`another commit of the lab: ${before} → ${after}`]
  return after.endsWith('-dirty') ? [`both runs had uncommitted changes in the lab, which can differ (${after})`] : []
}

const machines = (older: Environment, newer: Environment): string[] => {
  const changed = changedMachine(older, newer)
  return changed.length === 0
    ? []
    : [`another machine: ${changed.map((each) => `${each.what} ${each.older} → ${each.newer}`).join(', ')}`]
}

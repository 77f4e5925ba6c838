// Requests per pod as bars of text, for a reader who sees no picture.
import { distinguishesPods, podReplies } from './replies.ts'
import { validTotal } from './valid-total.ts'
import type { ScenarioRun } from '../../../model/run.ts'
import { figure } from '../../write/quantity.ts'
import { failureWords } from './words.ts'

const barLength = 40

type Row = { readonly pod: string; readonly replies: number }

const rowsOf = (scenario: ScenarioRun, arm: string): Row[] => {
  const of = podReplies(scenario, arm, 0)
  return of.rows.map((name, row) => ({
    pod: name ?? `pod ${row + 1}`,
    replies: validTotal(of, (second) => second.perRow[row] ?? 0),
  }))
}

/** A block of lines for each arm; empty where requests are not spread over pods, or no reply names one. */
export const podBars = (scenario: ScenarioRun): string => {
  if (!distinguishesPods(scenario)) return ''
  const arms = scenario.arms.map((arm) => ({ arm, rows: rowsOf(scenario, arm.name) })).filter(({ rows }) => rows.length > 0)
  const all = arms.flatMap(({ rows }) => rows)
  const most = Math.max(1, ...all.map((row) => row.replies))
  const width = Math.max(0, ...all.map((row) => row.pod.length))
  const line = ({ pod, replies }: Row): string =>
    `  ${pod.padEnd(width)}  ${'█'.repeat(Math.round((replies / most) * barLength)).padEnd(barLength)}  ${figure(replies, 'requests')}`
  return arms
    .map(({ arm, rows }) => [`${arm.name}: ${failureWords(scenario, arm.name)}`, ...rows.map(line)].join('\n'))
    .join('\n\n')
}

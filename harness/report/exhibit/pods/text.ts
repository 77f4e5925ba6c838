// Replies per pod as bars of text, for a reader who sees no picture.
import { distinguishesPods, podReplies } from './replies.ts'
import type { RepliesRow } from './replies.ts'
import type { ScenarioRun } from '../../../model/run.ts'
import { figure } from '../../write/quantity.ts'
import { failureWords, podsLead } from './words.ts'
import { fence } from '../../write/markdown-text.ts'

const barLength = 40

const line = ({ name, share }: RepliesRow): string =>
  `  ${name.padEnd('busiest'.length)}  ${'█'.repeat(Math.round(share * barLength)).padEnd(barLength)}  ${figure(share, 'ratio').replaceAll('\u00a0', ' ').padStart(6)}`

/** A lead, and a block of lines for each arm; empty where requests are not spread over pods, or no reply names one. */
export const podBars = (scenario: ScenarioRun): string[] => {
  if (!distinguishesPods(scenario)) return []
  const arms = scenario.arms
    .map((arm) => ({ arm, rows: podReplies(scenario, arm.name, 0).rows }))
    .filter(({ rows }) => rows.length > 0)
  const bars = arms.map(({ arm, rows }) => [`${arm.name}: ${failureWords(scenario, arm.name)}`, ...rows.map(line)].join('\n'))
  return bars.length === 0 ? [] : [podsLead, fence(bars.join('\n\n'), 'text')]
}

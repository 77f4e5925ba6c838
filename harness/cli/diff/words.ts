// Texts of a comparison besides the changes of each arm, for any format.
import type { Lost, RunDiff, ScenarioDiff } from '../../diff/run-diff.ts'
import { oneLine } from '../../report/write/one-line.ts'

/** Identifies the runs: role and start. */
export const runsOf = ({ history, older, newer }: RunDiff): [string, string][] => {
  const run = ({ startedAt, mode, seed }: RunDiff['older']): string =>
    `${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${mode}, seed ${seed}`
  const [oldest = older] = history
  return [
    ...(history.length > 1
      ? [['history', `${history.length} runs since ${oldest.startedAt.slice(0, 10)}`] as [string, string]]
      : []),
    ['older', run(older)],
    ['newer', run(newer)],
  ]
}

/** Differences of the environment: name, before and after. */
export const environmentOf = ({ environment }: RunDiff): [string, string][] =>
  environment.map(({ what, older, newer }) => [what, `${older ?? 'none'} → ${newer ?? 'none'}`])

const lostName = ({ scenario, arm, metric }: Lost): string => [scenario, arm, metric].filter((part) => part !== null).join(', ')

/** Other differences in a scenario, a sentence each. */
export const notesOf = ({ content, wordings, unmatched }: ScenarioDiff): string[] => [
  ...(content.length > 0 ? [`the scenario itself changed: ${content.join(', ')}`] : []),
  ...wordings.older.map((text) => `message gone: ${text}`),
  ...wordings.newer.map((text) => `said now: ${text}`),
  ...unmatched.newer.map((name) => `${name}: only in the newer run`),
]

/** What was not compared, and acknowledgements that do not apply. */
export const asidesOf = ({ lost, unmatched, acknowledged }: RunDiff): string[] => [
  ...lost.map((each) => `${lostName(each)}: ${oneLine(each.why)}`),
  ...unmatched
    .filter(({ slug }) => !lost.some(({ scenario, arm }) => arm === null && scenario === slug))
    .map(({ slug, why }) => `${slug}: ${oneLine(why)}`),
  ...acknowledged.flatMap(({ state, scenario, arm, what, reason, until }) => {
    const said = [scenario, arm, ...(what === undefined ? [] : [what])].join(', ')
    if (state === 'holds') return []
    return [
      state === 'ended'
        ? `acknowledgement ended on ${until}, so it counts again: ${said}: ${oneLine(reason)}`
        : `acknowledged; no worse than when it was acknowledged: ${said}: ${oneLine(reason)}`,
    ]
  }),
]

// Texts of a comparison besides the changes of each arm, for any format.
import { fewestRuns, power } from '../../diff/metric-move.ts'
import type { Lost, RunDiff, ScenarioDiff } from '../../diff/run-diff.ts'
import { oneLine } from '../../report/write/one-line.ts'
import { multiple } from '../../report/write/quantity.ts'

/** Identifies the runs: role and start. */
export const runsOf = ({ history, older, newer, paired }: RunDiff): [string, string][] => {
  const run = ({ startedAt, mode, seed }: RunDiff['older']): string =>
    `${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${mode}, seed ${seed}`
  const [oldest = older] = history
  return [
    ...(history.length > 1
      ? [['history', `${history.length} runs since ${oldest.startedAt.slice(0, 10)}`] as [string, string]]
      : []),
    [paired ? 'base, the older run' : 'older', run(older)],
    [paired ? 'change, the newer run' : 'newer', run(newer)],
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

/** The power of the comparison: for each metric, the change that it would have found. */
export const powerOf = ({ scenarios }: RunDiff): string[] => {
  const moves = scenarios.flatMap(({ arms }) => arms.flatMap(({ metrics }) => metrics))
  return [...Map.groupBy(moves, ({ metric }) => metric)].flatMap(([metric, of]) => {
    const sizes = of.flatMap(({ detectable }) => detectable ?? [])
    if (sizes.length === 0) return []
    const [least, most] = [multiple(Math.min(...sizes)), multiple(Math.max(...sizes))]
    return [`${metric}: ${least === most ? least : `${least} to ${most}, depending on the arm`} (${sizes.length} judged)`]
  })
}

/** Heading of `powerOf`. */
export const powerTitle = `Smallest ratio that this comparison finds in ${power * 100} % of cases`

const notJudgedOf = ({ slug, arms }: ScenarioDiff, paired: boolean): string[] => {
  const of = arms.flatMap(({ metrics }) => metrics.filter(({ answer }) => answer === 'not-judged'))
  if (of.length === 0) return []
  if (paired) return [`${slug}: ${of.length} metrics of arms not judged: ${of[0]?.blocks[0]} blocks are too few`]
  const runs = Math.max(...of.map((each) => each.runs))
  return [
    `${slug}: ${of.length} metrics of arms not judged: at most ${runs} older ${runs === 1 ? 'run' : 'runs'} measured them, and ${fewestRuns} are needed`,
  ]
}

/** What was not compared, and acknowledgements that do not apply. */
export const asidesOf = ({ lost, scenarios, unmatched, acknowledged, paired }: RunDiff): string[] => [
  ...scenarios.flatMap((each) => notJudgedOf(each, paired)),
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

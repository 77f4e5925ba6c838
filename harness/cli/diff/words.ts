// What a comparison says besides what changed of each arm, in words for any format.
import { isWorse } from '../../diff/diff-runs.ts'
import type { ArmDiff, RunDiff, ScenarioDiff } from '../../diff/run-diff.ts'
import { oneLine } from '../../report/write/one-line.ts'

/** Which runs they are: what, and when. */
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

/** What of the environment differs: what, and from what to what. */
export const environmentOf = ({ environment }: RunDiff): [string, string][] =>
  environment.map(({ what, older, newer }) => [what, `${older ?? 'none'} → ${newer ?? 'none'}`])

/** What else differs in a scenario, a sentence each. */
export const notesOf = ({ content, wordings, unmatched }: ScenarioDiff): string[] => [
  ...(content.length > 0 ? [`the scenario itself changed: ${content.join(', ')}`] : []),
  ...wordings.older.map((text) => `no longer said: ${text}`),
  ...wordings.newer.map((text) => `said now: ${text}`),
  ...unmatched.older.map((name) => `${name}: only in the older run`),
  ...unmatched.newer.map((name) => `${name}: only in the newer run`),
]

/** Scenarios that were not compared, and acknowledgements that do not hold. */
export const asidesOf = ({ unmatched, acknowledged }: RunDiff): string[] => [
  ...unmatched.map(({ slug, why }) => `${slug}: ${oneLine(why)}`),
  ...acknowledged.flatMap(({ state, scenario, arm, what, reason, until }) => {
    const said = [scenario, arm, ...(what === undefined ? [] : [what])].join(', ')
    if (state === 'holds') return []
    return [
      state === 'ended'
        ? `acknowledged until ${until}, and counts again: ${said}: ${oneLine(reason)}`
        : `acknowledged, and nothing of it is worse: ${said}: ${oneLine(reason)}`,
    ]
  }),
]

/** The answer, with the arms it is about. */
export const answerWords = ({ answer, scenarios, unmatched }: RunDiff): string => {
  const named = (isIn: (arm: ArmDiff) => boolean): string =>
    scenarios
      .map(({ slug, arms }) => [slug, arms.filter(isIn).map(({ name }) => name)] as const)
      .filter(([, names]) => names.length > 0)
      .map(([slug, names]) => `${slug} (${names.join(', ')})`)
      .join(', ')
  if (answer === 'regressed') return `Regressed: ${named(isWorse)}.`
  if (answer === 'unclear') {
    const unclear = named(({ verdict }) => verdict.change === 'unclear') || unmatched.map(({ slug }) => slug).join(', ')
    return `Cannot tell: there is no answer for ${unclear || 'any arm, since the runs have none in common'}.`
  }
  const known = named((arm) => [arm.verdict, ...arm.metrics].some(({ acknowledged }) => acknowledged !== null))
  return known ? `Nothing beyond noise got worse but what is acknowledged: ${known}.` : 'Nothing beyond noise got worse.'
}

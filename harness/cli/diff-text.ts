// What differs from older runs to a newer one, as lines for a terminal: what needs a look first, the answer last.
import { isWorse } from '../diff/diff-runs.ts'
import type { Acknowledged, ArmDiff, Difference, MetricMove, RunDiff, ScenarioDiff } from '../diff/run-diff.ts'
import { inColumns } from '../report/write/columns.ts'
import { oneLine } from '../report/write/one-line.ts'
import { verdictWords } from '../report/write/verdict-words.ts'

/** Lines without an end, the last of which is the answer. */
export const diffText = (diff: RunDiff): string[] => {
  const { history, older, newer, environment, scenarios, acknowledged, unmatched } = diff
  const run = (which: string, { startedAt, mode, seed }: RunDiff['older']): string[] => [
    which,
    `${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${mode}, seed ${seed}`,
  ]
  const other = (difference: Difference): string[] => [
    difference.what,
    `${difference.older ?? 'none'} → ${difference.newer ?? 'none'}`,
  ]
  return [
    ...inColumns([
      ...(history.length > 1
        ? [['history', `${history.length} runs since ${day(history[0] ?? older)}, the newest of which is`]]
        : []),
      run('older', older),
      run('newer', newer),
      ...environment.map(other),
    ]),
    ...scenarios.flatMap((scenario) => ['', ...scenarioLines(scenario)]),
    ...margin(unmatched.map(({ slug, why }) => `${slug}: ${oneLine(why)}`)),
    ...margin(acknowledged.flatMap(remarkOn)),
    '',
    answer(diff),
  ]
}

const margin = (lines: readonly string[]): string[] => (lines.length > 0 ? ['', ...lines] : [])

/** What the file of acknowledgements says that is no longer so. */
const remarkOn = ({ state, scenario, arm, what, reason, until }: RunDiff['acknowledged'][number]): string[] => {
  if (state === 'holds') return []
  const said = `${scenario}, ${arm}${what === undefined ? '' : `, ${what}`}: ${oneLine(reason)}`
  return [
    state === 'ended'
      ? `acknowledged until ${until}, and counts again: ${said}`
      : `acknowledged, and nothing of it is worse: ${said}`,
  ]
}

const day = ({ startedAt }: RunDiff['older']): string => startedAt.slice(0, 10)

const scenarioLines = ({ slug, content, arms, wordings, unmatched }: ScenarioDiff): string[] => {
  const lines = [
    ...(content.length > 0 ? [`    the scenario itself changed: ${content.join(', ')}`] : []),
    ...arms.flatMap(armLines),
    ...wordings.older.map((text) => `    no longer said: ${text}`),
    ...wordings.newer.map((text) => `    said now: ${text}`),
    ...unmatched.older.map((name) => `    ${name}: only in the older run`),
    ...unmatched.newer.map((name) => `    ${name}: only in the newer run`),
  ]
  return lines.length === 0 ? [`${slug}: nothing beyond noise, ${arms.length} arms`] : [slug, ...lines]
}

const marks: Record<Exclude<ArmDiff['verdict']['change'], 'same'> | 'acknowledged', string> = {
  acknowledged: '~',
  regressed: '✗',
  recovered: '✓',
  unclear: '?',
  other: '!',
}

const armLines = ({ name, verdict, metrics }: ArmDiff): string[] => {
  const changed = verdictChange(verdict)
  const line = (change: keyof typeof marks, text: string, known: Acknowledged): string =>
    `  ${marks[known ? 'acknowledged' : change]} ${name}: ${text}${known ? ` (acknowledged until ${known.until}: ${oneLine(known.reason)})` : ''}`
  return [
    ...(verdict.change === 'same' ? [] : [line(verdict.change, `${changed}: ${oneLine(verdict.reason)}`, verdict.acknowledged)]),
    ...metrics
      .filter(({ answer: found }) => found !== 'within-noise')
      .map((move) => line(move.answer === 'worse' ? 'regressed' : 'recovered', moveWords(move), move.acknowledged)),
  ]
}

/** Where the older runs differ among themselves, all of them. */
const verdictChange = ({ history, older, newer }: ArmDiff['verdict']): string => {
  const before = new Set(history.filter((each) => each !== 'inconclusive')).size > 1 ? history : [older]
  const words = [...before, newer].map((each) => verdictWords(each).word)
  return new Set(words).size === 1 ? verdictWords(newer).word : words.join(' → ')
}

const moveWords = ({ metric, basis, runs, older, newer, ratio, interval, blocks }: MetricMove): string => {
  const range = interval ? `, ${times(interval.low)} to ${times(interval.high)} at ${(interval.level * 100).toFixed(0)} %` : ''
  const against = basis === 'history' ? `against ${runs} runs` : `${blocks.join(' and ')} blocks`
  return `${metric} was ${times(older)} control’s and is ${times(newer)}: ${times(ratio)}${range} (${against})`
}

const times = (ratio: number): string => `${ratio.toPrecision(3)} ×`

const answer = ({ answer: found, scenarios, unmatched }: RunDiff): string => {
  const named = (isIn: (arm: ArmDiff) => boolean): string =>
    scenarios
      .map(({ slug, arms }) => [slug, arms.filter(isIn).map(({ name }) => name)] as const)
      .filter(([, names]) => names.length > 0)
      .map(([slug, names]) => `${slug} (${names.join(', ')})`)
      .join(', ')
  if (found === 'regressed') return `Regressed: ${named(isWorse)}.`
  if (found === 'unclear') {
    const unclear = named(({ verdict }) => verdict.change === 'unclear') || unmatched.map(({ slug }) => slug).join(', ')
    return `Cannot tell: there is no answer for ${unclear || 'any arm, since the runs have none in common'}.`
  }
  const known = named((arm) => [arm.verdict, ...arm.metrics].some(({ acknowledged }) => acknowledged !== null))
  return known ? `Nothing beyond noise got worse but what is acknowledged: ${known}.` : 'Nothing beyond noise got worse.'
}

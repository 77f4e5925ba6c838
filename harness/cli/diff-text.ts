// What differs between two runs, as lines for a terminal: what needs a look first, the answer last.
import { isWorse } from '../diff/diff-runs.ts'
import type { ArmDiff, Difference, MetricMove, RunDiff, ScenarioDiff } from '../diff/run-diff.ts'
import { inColumnsWithin } from '../report/write/columns.ts'
import { lineWidth, wrapped } from '../report/write/wrapped.ts'
import { oneLine } from '../report/write/one-line.ts'
import { verdictWords } from '../report/write/verdict-words.ts'

/** Lines without an end, the last of which are the answer; none is longer than fits `columns`, see `lineWidth`. */
export const diffText = (diff: RunDiff, columns: number | undefined): string[] => {
  const width = lineWidth(columns)
  const { older, newer, environment, scenarios, unmatched } = diff
  const run = (which: string, { startedAt, mode, seed }: RunDiff['older']): string[] => [
    which,
    `${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${mode}, seed ${seed}`,
  ]
  const other = (difference: Difference): string[] => [
    difference.what,
    `${difference.older ?? 'none'} → ${difference.newer ?? 'none'}`,
  ]
  return [
    ...inColumnsWithin([run('older', older), run('newer', newer), ...environment.map(other)], width),
    ...scenarios.flatMap((scenario) => ['', ...scenarioLines(scenario)]),
    ...(unmatched.length > 0 ? ['', ...unmatched.map(({ slug, why }) => `${slug}: ${oneLine(why)}`)] : []),
    '',
    answer(diff),
  ].flatMap((line) => wrapped(line, width, 4))
}

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

const marks: Record<Exclude<ArmDiff['verdict']['change'], 'same'>, string> = {
  regressed: '✗',
  recovered: '✓',
  unclear: '?',
  other: '!',
}

const armLines = ({ name, verdict, metrics }: ArmDiff): string[] => {
  const [before, after] = [verdictWords(verdict.older).word, verdictWords(verdict.newer).word]
  const changed = before === after ? after : `${before} → ${after}`
  return [
    ...(verdict.change === 'same' ? [] : [`${marks[verdict.change]} ${name}: ${changed}: ${oneLine(verdict.reason)}`]),
    ...metrics
      .filter(({ answer: found }) => found !== 'within-noise')
      .map((move) => `${marks[move.answer === 'worse' ? 'regressed' : 'recovered']} ${name}: ${moveWords(move)}`),
  ].map((line) => `  ${line}`)
}

const moveWords = ({ metric, older, newer, ratio, interval, blocks }: MetricMove): string => {
  const range = interval ? `, ${times(interval.low)} to ${times(interval.high)} at ${(interval.level * 100).toFixed(0)} %` : ''
  return `${metric} was ${times(older)} control’s and is ${times(newer)}: ${times(ratio)}${range} (${blocks.join(' and ')} blocks)`
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
  return 'Nothing beyond noise got worse.'
}

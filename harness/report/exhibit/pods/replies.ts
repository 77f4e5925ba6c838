// Arranges the trials of an arm in sequence, a row per pod, the busiest of each trial first; the busiest pod can differ between blocks.
import { median } from 'simple-statistics'
import type { ScenarioRun } from '../../../model/run.ts'
import type { Trial } from '../../../model/trial.ts'
import { isValid } from '../../../model/trial.ts'
import { trialsOf } from '../../facts/arm-trials.ts'
import { ordinal } from '../../write/ordinal.ts'

/** One second of one trial. `atSecond` is its place on the axis that all trials of the arm share. */
export type RepliesSecond = {
  readonly atSecond: number
  readonly perRow: readonly number[]
  readonly hot: readonly boolean[]
  readonly failed: number
  readonly notSent: number
  readonly p99Ms: number | null
}

/** One trial on the axis; `number` counts blocks from 1, as they are shown to a reader. */
export type RepliesBlock = {
  readonly number: number
  readonly fromSecond: number
  readonly toSecond: number
  readonly invalid: readonly string[]
  readonly startedAt: string
  readonly rows: readonly string[]
  readonly seconds: readonly RepliesSecond[]
}

/** A row: its rank among the pods of each trial, and its share of a trial's replies, 0 to 1, median over the valid trials. */
export type RepliesRow = { readonly name: string; readonly share: number }

export type PodReplies = { readonly rows: readonly RepliesRow[]; readonly blocks: readonly RepliesBlock[] }

const podsOf = (trial: Trial): string[] =>
  [...new Set([...trial.pods, ...trial.load.perSecond.flatMap((second) => Object.keys(second.pods))])].toSorted()

const repliesOf = (trial: Trial, pod: string): number => trial.load.perSecond.reduce((sum, { pods }) => sum + (pods[pod] ?? 0), 0)

/** The pods of a trial, the busiest first. */
const ranked = (trial: Trial): string[] => podsOf(trial).toSorted((a, b) => repliesOf(trial, b) - repliesOf(trial, a))

/** Closer to all replies of that second than to an even share. */
const isHot = (count: number, all: number, pods: number): boolean => pods > 1 && count / all > (1 + 1 / pods) / 2

const secondsOf = (trial: Trial, rows: readonly string[], fromSecond: number): RepliesSecond[] =>
  trial.load.perSecond.map((second) => {
    const perRow = rows.map((pod) => second.pods[pod] ?? 0)
    const all = perRow.reduce((sum, count) => sum + count, 0)
    return {
      atSecond: fromSecond + second.second,
      perRow,
      failed: second.failed,
      notSent: second.notSent,
      p99Ms: second.latencyUs === null ? null : second.latencyUs.p99 / 1000,
      hot: perRow.map((count) => isHot(count, all, podsOf(trial).length)),
    }
  })

const lengthSeconds = (trial: Trial): number =>
  Math.max(Math.ceil(trial.load.windowMs / 1000), ...trial.load.perSecond.map((second) => second.second + 1))

const shareOf = (trials: readonly Trial[], row: number): number => {
  const shares = trials.filter(isValid).flatMap((trial) => {
    const replies = ranked(trial).map((pod) => repliesOf(trial, pod))
    const all = replies.reduce((sum, count) => sum + count, 0)
    return all === 0 ? [] : [(replies[row] ?? 0) / all]
  })
  return shares.length === 0 ? 0 : median(shares)
}

/** Whether it matters which pod answered: requests go to several pods. */
export const distinguishesPods = (scenario: ScenarioRun): boolean =>
  scenario.trials.some((trial) => trial.metrics['top_share'] !== undefined)

/** The replies of an arm, per pod and second; `gapSeconds`: gap between two trials. */
export const podReplies = (scenario: ScenarioRun, arm: string, gapSeconds: number): PodReplies => {
  const numbers = [...new Set(scenario.trials.map((trial) => trial.block))].toSorted((a, b) => a - b)
  const blocks: RepliesBlock[] = []
  const trials = trialsOf(scenario.trials, arm)
  for (const trial of trials) {
    const before = blocks.at(-1)
    const fromSecond = before === undefined ? 0 : before.toSecond + gapSeconds
    const rows = ranked(trial)
    blocks.push({
      number: numbers.indexOf(trial.block) + 1,
      fromSecond,
      toSecond: fromSecond + lengthSeconds(trial),
      rows,
      invalid: trial.invalid,
      startedAt: trial.startedAt,
      seconds: secondsOf(trial, rows, fromSecond),
    })
  }
  const rowCount = Math.max(0, ...blocks.map((block) => block.rows.length))
  const name = (row: number): string => (row === 0 ? 'busiest' : ordinal(row + 1))
  return { blocks, rows: Array.from({ length: rowCount }, (_, row) => ({ name: name(row), share: shareOf(trials, row) })) }
}

// Lays the trials of an arm one after the other, a row per pod: the numbers of the picture, before it is drawn.
import type { ScenarioRun } from '../../../model/run.ts'
import type { Trial } from '../../../model/trial.ts'
import { trialsOf } from '../../facts/arm-trials.ts'

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

/** `rows` names the pods; a row whose pod differs between trials has no single name: null. */
export type PodReplies = { readonly rows: readonly (string | null)[]; readonly blocks: readonly RepliesBlock[] }

const podsOf = (trial: Trial): string[] =>
  [...new Set([...trial.pods, ...trial.load.perSecond.flatMap((second) => Object.keys(second.pods))])].toSorted()

/** Gives each pod of a trial the row it had in the trial before, and a new pod the first free one. */
const seated = (before: readonly string[], pods: readonly string[]): string[] => {
  const newcomers = pods.filter((pod) => !before.includes(pod))
  const kept = before.map((pod) => (pods.includes(pod) ? pod : (newcomers.shift() ?? '')))
  return [...kept, ...newcomers]
}

/** Nearer to all the replies of that second than to an even share of them. */
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

const nameOf = (blocks: readonly RepliesBlock[], row: number): string | null => {
  const names = new Set(blocks.map((block) => block.rows[row] ?? '').filter((name) => name !== ''))
  return names.size === 1 ? [...names].join('') : null
}

/** Whether it matters which pod answered: where requests are spread over several. */
export const distinguishesPods = (scenario: ScenarioRun): boolean =>
  scenario.trials.some((trial) => trial.metrics['top_share'] !== undefined)

/** The replies of an arm, per pod and second; `gapSeconds` is left free between two trials. */
export const podReplies = (scenario: ScenarioRun, arm: string, gapSeconds: number): PodReplies => {
  const numbers = [...new Set(scenario.trials.map((trial) => trial.block))].toSorted((a, b) => a - b)
  const blocks: RepliesBlock[] = []
  for (const trial of trialsOf(scenario.trials, arm)) {
    const before = blocks.at(-1)
    const fromSecond = before === undefined ? 0 : before.toSecond + gapSeconds
    const rows = seated(before?.rows ?? [], podsOf(trial))
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
  return { blocks, rows: Array.from({ length: rowCount }, (_, row) => nameOf(blocks, row)) }
}

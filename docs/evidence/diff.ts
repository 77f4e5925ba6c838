// How often `lab diff` finds a change, and how often it sees one where nothing changed.
import { metricMoves } from '../../harness/diff/metric-move.ts'
import type { ArmMove } from '../../harness/diff/metric-move.ts'
import type { ScenarioRun } from '../../harness/model/run.ts'
import { seeded } from '../../harness/stats/seeded.ts'
import { daysText, percent, shareOf, simulateRun } from './runs.ts'
import type { Days } from './runs.ts'

const sizes = [1.5, 2, 3]

/** The p99 of three arms of each scenario, by its size. */
const changes = Object.fromEntries(sizes.map((times, index) => [`arm-${index}`, { latency_p99: times }]))

interface DiffRates {
  /** Share of comparisons in which any of the 34 unchanged metrics is worse. */
  readonly falseAlarms: number
  /** Share of arms found whose p99 is 1.5, 2 and 3 times its usual value. */
  readonly found: readonly number[]
  /** Share found of changes that are as large as the comparison says it detects in 90 % of cases. */
  readonly detected: number
}

const movesOf = (older: readonly ScenarioRun[][], newer: readonly ScenarioRun[]): ArmMove[] =>
  metricMoves(newer.map((scenario, index) => [older.flatMap((run) => run[index] ?? []), scenario]))

const isWorse = ({ move }: ArmMove): boolean => move.answer === 'worse'

/** So many older runs, with a newer one in which nothing changed, and with one in which the p99 of six arms did. */
export const simulateDiff = (olderRuns: number, days: Days, comparisons: number, seed = 1): DiffRates => {
  const random = seeded(seed)
  const all = Array.from({ length: comparisons }, () => {
    const older = Array.from({ length: olderRuns }, () => simulateRun(random, days))
    return { unchanged: movesOf(older, simulateRun(random, days)), changed: movesOf(older, simulateRun(random, days, changes)) }
  })
  const changed = all.flatMap((each) => each.changed).filter(({ move }) => move.metric === 'latency_p99')
  return {
    falseAlarms: shareOf(all.map(({ unchanged }) => unchanged.some(isWorse))),
    found: sizes.map((_, index) => shareOf(changed.filter(({ arm }) => arm === `arm-${index}`).map(isWorse))),
    detected: shareOf(all.flatMap(({ unchanged }) => unchanged.map(isDetected))),
  }
}

/** Whether an unchanged metric would be worse if it had changed by what is called detectable. */
const isDetected = ({ move: { interval, detectable } }: ArmMove): boolean =>
  interval !== null && interval.low * (detectable ?? 0) > 1

/** Columns and rows of the table in docs/principles.md. */
export const diffTable = (comparisons = 400): { columns: string[]; rows: string[][] } => ({
  columns: ['scatter from run to run', 'older runs', 'a false "worse" in a comparison', 'finds 1.5 ×', '2 ×', '3 ×'],
  rows: [
    ...[0.1, 0.25].flatMap((scatter) => [3, 5, 10].map((olderRuns) => ({ days: { scatter }, olderRuns }))),
    { days: { scatter: 0.1, tails: 0.1 }, olderRuns: 5 },
  ].map(({ days, olderRuns }) => {
    const { falseAlarms, found } = simulateDiff(olderRuns, days, comparisons)
    return [daysText(days), `${olderRuns}`, ...[falseAlarms, ...found].map(percent)]
  }),
})

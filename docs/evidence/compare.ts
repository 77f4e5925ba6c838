// How often `lab compare` finds a change of a platform, and how often it sees one where nothing changed.
import { pairedMoves } from '../../harness/diff/paired-move.ts'
import type { ArmMove } from '../../harness/diff/metric-move.ts'
import type { ScenarioRun } from '../../harness/model/run.ts'
import { seeded } from '../../harness/stats/seeded.ts'
import { percent, shareOf, simulateRun } from './runs.ts'

const sizes = [1.5, 2]

/** The p99 of two arms of each scenario, by its size. */
const changes = Object.fromEntries(sizes.map((times, index) => [`arm-${index}`, { latency_p99: times }]))

interface CompareRates {
  /** Share of comparisons in which any of the 38 unchanged metrics is worse. */
  readonly falseAlarms: number
  /** Share of arms found whose p99 is 1.5 and 2 times as much on the other side. */
  readonly found: readonly number[]
}

export interface Clusters {
  /** Blocks of each scenario on each side. */
  readonly blocks: number
  /** Standard deviation of ln p99 from deployment to deployment; of ln p50 a third of it. */
  readonly deployment: number
  /** That of a whole arm between two clusters of one platform, which no block shows. */
  readonly cluster: number
}

const movesOf = (base: readonly ScenarioRun[], change: readonly ScenarioRun[]): ArmMove[] =>
  pairedMoves(change.flatMap((scenario, index) => (base[index] ? [[base[index], scenario] as const] : [])))

const isWorse = ({ move }: ArmMove): boolean => move.answer === 'worse'

export const simulateCompare = ({ blocks, deployment, cluster }: Clusters, comparisons: number, seed = 1): CompareRates => {
  const random = seeded(seed)
  const days = { blocks, deployment, scatter: cluster }
  const all = Array.from({ length: comparisons }, () => {
    const base = simulateRun(random, days)
    return { unchanged: movesOf(base, simulateRun(random, days)), changed: movesOf(base, simulateRun(random, days, changes)) }
  })
  const changed = all.flatMap((each) => each.changed).filter(({ move }) => move.metric === 'latency_p99')
  return {
    falseAlarms: shareOf(all.map(({ unchanged }) => unchanged.some(isWorse))),
    found: sizes.map((_, index) => shareOf(changed.filter(({ arm }) => arm === `arm-${index}`).map(isWorse))),
  }
}

export const compareTable = (comparisons = 400): { columns: string[]; rows: string[][] } => ({
  columns: ['deployments differ by', 'clusters differ by', 'blocks', 'a false "worse" in a comparison', 'finds 1.5 ×', '2 ×'],
  rows: [0.05, 0.1].flatMap((deployment) =>
    [0, 0.05].flatMap((cluster) =>
      [6, 8, 16].map((blocks) => {
        const { falseAlarms, found } = simulateCompare({ blocks, deployment, cluster }, comparisons)
        return [percent(deployment), percent(cluster), `${blocks}`, ...[falseAlarms, ...found].map(percent)]
      }),
    ),
  ),
})

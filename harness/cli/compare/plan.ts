// How much a comparison measures on each side, how long that takes, and what it can find.
import { expectedOf } from '../../design/expected.ts'
import { steadyWorkers, usefulWorkers } from '../../design/workers.ts'
import { levelOfAll, usualLimit } from '../../diff/metric-move.ts'
import { fewestPairedBlocks as fewest } from '../../diff/paired-move.ts'
import { roughly } from '../../model/build-cost.ts'
import { LabError } from '../../model/lab-error.ts'
import type { ChosenScenario } from '../../model/scenario.ts'
import { minutes } from '../../report/write/date.ts'

export interface ComparisonPlan {
  readonly mode: 'quick' | 'full'
  /** Blocks of each scenario under steady load, on each side. */
  readonly blocks: number
  /** Of each arm, on each side. */
  readonly episodes: number
  /** Of each cluster. */
  readonly workers: number
  readonly steadyScenarios: number
  readonly episodeArms: number
  /** Without builds. */
  readonly seconds: number
}

export interface Wanted {
  readonly mode: 'quick' | 'full'
  readonly blocks: number | undefined
  readonly episodes: number | undefined
  /** Workers that the machine can hold, of both clusters together. */
  readonly workersInAll: number
  /** Undefined: as long as it takes. */
  readonly withinSeconds: number | undefined
}

/** Blocks and episodes, from most to fewest; the last one has the fewest blocks that decide anything. */
const sizes = { full: { blocks: 16, episodes: 6 }, quick: { blocks: 8, episodes: 2 } } as const

/** The largest plan that fits into the time. Throws if none does. */
export const planComparison = (scenarios: readonly ChosenScenario[], wanted: Wanted): ComparisonPlan => {
  const candidates = candidatesOf(scenarios, wanted)
  const found = candidates.find(({ seconds }) => wanted.withinSeconds === undefined || seconds <= wanted.withinSeconds)
  if (found) return found
  const least = Math.min(...candidates.map(({ seconds }) => seconds))
  throw new LabError(
    `The smallest comparison is expected to take ${minutes(least)} min, longer than ${minutes(wanted.withinSeconds ?? 0)} min; nothing was started`,
    {
      exit: 'usage',
      why: `with fewer than ${fewest} blocks no metric can be judged`,
      next: `--within ${Math.ceil(least / 60)}m or more; fewer scenarios or arms (--arm) take less`,
    },
  )
}

const candidatesOf = (scenarios: readonly ChosenScenario[], wanted: Wanted): ComparisonPlan[] => {
  const most = sizes[wanted.mode]
  const range = (from: number, to: number): number[] => Array.from({ length: from - to + 1 }, (_, index) => from - index)
  const blocks = wanted.blocks === undefined ? range(most.blocks, fewest) : [wanted.blocks]
  const episodes = wanted.episodes === undefined ? range(most.episodes, 1) : [wanted.episodes]
  const inOrder = blocks.flatMap((each, index) => {
    const last = episodes.at(-1) ?? 1
    const now = episodes[Math.floor((index * episodes.length) / blocks.length)] ?? last // both shrink at about the same pace
    return index === blocks.length - 1
      ? episodes.filter((count) => count <= now).map((count) => [each, count] as const)
      : [[each, now] as const]
  })
  return inOrder.map(([block, episode]) => planOf(scenarios, wanted, block, episode))
}

const planOf = (
  scenarios: readonly ChosenScenario[],
  { mode, workersInAll }: Wanted,
  blocks: number,
  episodes: number,
): ComparisonPlan => {
  const workers = Math.min(usefulWorkers(scenarios), Math.max(steadyWorkers, Math.floor(workersInAll / 2)))
  const extent = { mode, blocks, episodes, workers } as const
  const steady = steadyOf(scenarios)
  const episodic = scenarios.filter((each) => !steady.includes(each))
  const alone = expectedOf(steady, { ...extent, newCluster: true }) // of one side: the other one takes as long, in turns with it
  const together = expectedOf(episodic, { ...extent, newCluster: false }) // of both sides, beside one another
  return {
    mode,
    blocks,
    episodes,
    workers,
    steadyScenarios: steady.length,
    episodeArms: episodic.flatMap(({ arms }) => arms).length,
    seconds: 2 * alone.seconds + together.seconds - together.unannouncedSeconds,
  }
}

const steadyOf = (scenarios: readonly ChosenScenario[]): ChosenScenario[] =>
  scenarios.filter(({ loaded }) => loaded.scenario.trial.kind === 'steady')

/** A line for each fact. */
export const planLines = ({ blocks, episodes, workers, steadyScenarios, episodeArms, seconds }: ComparisonPlan): string[] => {
  const steady =
    blocks < fewest
      ? `no metric can be judged: that takes ${fewest} blocks or more`
      : `a metric that is ${usualLimit} times as much or more, and beyond what swapping the sides of whole blocks does to any metric in ${levelOfAll * 100} % of cases, counts as changed`
  return [
    `about ${roughly(seconds)}, without builds: two clusters side by side, ${workers} workers each`,
    ...(steadyScenarios > 0 ? [`under steady load: ${blocks} blocks, base and change in turns; ${steady}`] : []),
    ...(episodeArms > 0
      ? [
          `episodes: ${episodes} of each arm on each side; a verdict counts as changed where all ${episodes} of both sides agree, so a change that shows in 9 of 10 episodes is found in ${Math.round(0.9 ** episodes * 100)} % of comparisons`,
        ]
      : []),
  ]
}

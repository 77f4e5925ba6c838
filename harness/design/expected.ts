// Estimates how long a run takes. Does not include builds, which depend on what the machine lacks.
import type { ChosenScenario } from '../model/scenario.ts'
import { designOf } from './design.ts'
import type { Extent } from './extent.ts'
import { clusterSeconds, expectedAlone, expectedEpisodes, unannounced } from './step-times.ts'

/** What determines the duration of a run, besides its scenarios. */
export interface Circumstances extends Extent {
  /** Number of concurrent episodes. */
  readonly workers: number
  /** Whether the run creates and removes the cluster. */
  readonly newCluster: boolean
}

export interface Expected {
  /** Total duration, without builds. */
  readonly seconds: number
  /** Duration of windows and timers alone. */
  readonly floorSeconds: number
  /** Duration of a run that ends at the first look. */
  readonly firstLookSeconds: number
  /** The part of `seconds` for start, cluster and end, which no step announces. */
  readonly unannouncedSeconds: number
}

export const expectedOf = (scenarios: readonly ChosenScenario[], circumstances: Circumstances): Expected => {
  const { workers, newCluster } = circumstances
  const designed = scenarios.map((each) => ({
    scenario: each.loaded.scenario,
    ...designOf(each, { ...circumstances, seed: 0 }),
  }))
  const steady = designed.filter(({ scenario }) => scenario.trial.kind === 'steady')
  const episodes = expectedEpisodes(designed, circumstances)
  const announced = [episodes, ...steady]
  const atFirstLook = steady.map(({ scenario, trials, looks: [first] }) => {
    const until = trials.filter(({ block }) => block < (first?.blocks ?? 0))
    return expectedAlone(scenario, until, circumstances).seconds
  })
  const around = unannounced + (newCluster ? clusterSeconds(workers) : 0)
  return {
    seconds: Math.round(around + sum(announced.map(({ seconds }) => seconds))),
    floorSeconds: Math.round(sum(announced.map(({ floorSeconds }) => floorSeconds))),
    firstLookSeconds: Math.round(around + episodes.seconds + sum(atFirstLook)),
    unannouncedSeconds: around,
  }
}

/** As many as fit into the time, the shortest first. `secondsOf`: duration of several together, in any order. */
export const fitting = (
  scenarios: readonly ChosenScenario[],
  secondsOf: (some: readonly ChosenScenario[]) => number,
  withinSeconds: number,
): readonly ChosenScenario[] =>
  scenarios
    .toSorted((a, b) => secondsOf([a]) - secondsOf([b]))
    .reduce<readonly ChosenScenario[]>((chosen, each) => {
      const more = [...chosen, each]
      return secondsOf(more) <= withinSeconds ? more : chosen
    }, [])

const sum = (seconds: readonly number[]): number => seconds.reduce((total, each) => total + each, 0)

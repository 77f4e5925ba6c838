// Estimates how long a run takes: the floor of its windows and timers, plus everything else, on two cores. Does not include builds,
// which depend on what the machine lacks.
import type { ExpectedTime } from '../model/work.ts'
import type { ChosenScenario } from '../model/scenario.ts'
import { leastMakespan } from '../stats/makespan.ts'
import { floorMs } from './floor.ts'
import { blocksOf } from './extent.ts'
import type { Extent } from './extent.ts'

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
  /** The part of `seconds` for start, cluster and end, which no step announces. */
  readonly unannouncedSeconds: number
}

/** Measured on two cores, in seconds. */
const takes = {
  start: 3,
  cluster: 20,
  node: 2.5,
  /** Preparing an episode's node, deploying and removing its objects. */
  aroundEpisode: 25,
  /** In addition, for each pod that its node has an address for: starting and ending it. */
  address: 0.8,
  deployArm: 1.2,
  aroundTrial: 1,
  calibration: 9,
  end: 12,
  /** From a cluster that is up to the pager: 26 to 54 s. */
  exercise: 45,
}

export const expectedOf = (scenarios: readonly ChosenScenario[], circumstances: Circumstances): Expected => {
  const { workers, newCluster } = circumstances
  const steady = scenarios.filter((each) => !isEpisodic(each))
  const announced = [
    expectedEpisodes(scenarios.filter(isEpisodic), circumstances),
    ...steady.flatMap((each) => [
      expectedDeployment(each),
      ...(calibrates(each) ? [expectedCalibration] : []),
      expectedTrials(each, circumstances),
    ]),
  ]
  const unannounced = takes.start + (newCluster ? clusterSeconds(workers) : 0) + takes.end
  return {
    seconds: Math.round(unannounced + sum(announced.map(({ seconds }) => seconds))),
    floorSeconds: Math.round(sum(announced.map(({ floorSeconds }) => floorSeconds))),
    unannouncedSeconds: unannounced,
  }
}

/** Creating a cluster of this many workers, with its images. */
export const clusterSeconds = (workers: number): number => takes.cluster + takes.node * (workers + 1)

/** Until the incident of an exercise has occurred, on a cluster that is up. */
export const exerciseSeconds = takes.exercise

type ExpectedStep = Required<ExpectedTime>

/** Of the episodes of all these scenarios, side by side. */
export const expectedEpisodes = (
  scenarios: readonly ChosenScenario[],
  extent: Extent & Pick<Circumstances, 'workers'>,
): ExpectedStep => {
  const floors = scenarios.map((each) => trialFloors(each, extent))
  const whole = scenarios.flatMap((each, index) => (floors[index] ?? []).map((floor) => floor + aroundEpisode(each, extent)))
  return { seconds: leastMakespan(whole, extent.workers), floorSeconds: leastMakespan(floors.flat(), extent.workers) }
}

/** Of all arms of a scenario under steady load. */
export const expectedDeployment = ({ arms }: Pick<ChosenScenario, 'arms'>): ExpectedStep => ({
  seconds: takes.deployArm * arms.length,
  floorSeconds: 0,
})

export const expectedCalibration: ExpectedStep = { seconds: takes.calibration, floorSeconds: 0 }

/** Of all trials of a scenario under steady load. */
export const expectedTrials = (chosen: ChosenScenario, extent: Extent): ExpectedStep => {
  const floors = trialFloors(chosen, extent)
  return { seconds: sum(floors) + takes.aroundTrial * floors.length, floorSeconds: sum(floors) }
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

const isEpisodic = ({ loaded: { scenario } }: ChosenScenario): boolean => scenario.trial.kind === 'episode'

/** Seconds of each trial of the plan. Under steady load a block has a second trial of control. */
const trialFloors = ({ loaded: { scenario }, arms }: ChosenScenario, extent: Extent): number[] => {
  const again = scenario.trial.kind === 'steady' ? arms.filter((arm) => scenario.arms[arm]?.kind === 'control') : []
  const block = [...arms, ...again].map((arm) => floorMs(scenario, arm, extent.mode) / 1000)
  return Array.from({ length: blocksOf(scenario, extent) }, () => block).flat()
}

const aroundEpisode = (
  {
    loaded: {
      scenario: { trial },
    },
  }: ChosenScenario,
  { mode }: Extent,
): number => takes.aroundEpisode + takes.address * ((trial.kind === 'episode' && trial[mode].addresses) || 0)

const calibrates = ({
  loaded: {
    scenario: { trial },
  },
}: ChosenScenario): boolean => trial.kind === 'steady' && typeof trial.load.rateRps !== 'number'

const sum = (seconds: readonly number[]): number => seconds.reduce((total, each) => total + each, 0)

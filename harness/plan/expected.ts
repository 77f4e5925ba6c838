// How long a run takes, before it starts: the floor that its windows and timers set, and what everything else takes on two cores.
import { leastMakespan } from '../stats/makespan.ts'
import { floorMs } from './floor.ts'
import { blocksOf } from './planned.ts'
import type { Extent, Planned } from './planned.ts'

/** What the time of a run follows from, besides its scenarios. */
export interface Circumstances extends Extent {
  /** Episodes that are run side by side. */
  readonly workers: number
  /** The cluster is made for the run, and removed after it. */
  readonly newCluster: boolean
}

export interface Expected {
  /** Of everything, images excepted: those are made once a machine. */
  readonly seconds: number
  /** What it would take if nothing but windows and timers took time. */
  readonly floorSeconds: number
}

/** Measured on two cores, in seconds: docs/measured.md. */
const takes = {
  start: 3,
  cluster: 20,
  node: 2.5,
  /** An episode's node is prepared, its objects are deployed and removed. */
  aroundEpisode: 25,
  /** Each pod that its node has an address for is started and ended besides. */
  address: 0.8,
  deployArm: 1.2,
  aroundTrial: 1,
  calibration: 9,
  end: 12,
}

export const expectedOf = (planned: readonly Planned[], circumstances: Circumstances): Expected => {
  const { workers, newCluster } = circumstances
  const episodes = planned.filter(isEpisodic).flatMap((each) => {
    const around = aroundEpisode(each, circumstances)
    return trialFloors(each, circumstances).map((floor) => ({ floor, whole: floor + around }))
  })
  const steady = planned.filter((each) => !isEpisodic(each))
  const windows = sum(steady.flatMap((each) => trialFloors(each, circumstances)))
  return {
    seconds: Math.round(
      takes.start +
        (newCluster ? takes.cluster + takes.node * (workers + 1) : 0) +
        leastMakespan(
          episodes.map(({ whole }) => whole),
          workers,
        ) +
        windows +
        sum(steady.map((each) => aroundSteady(each, circumstances))) +
        takes.end,
    ),
    floorSeconds: Math.round(
      leastMakespan(
        episodes.map(({ floor }) => floor),
        workers,
      ) + windows,
    ),
  }
}

/** As many of them as are done within the time, the shortest first. */
export const fitting = (planned: readonly Planned[], circumstances: Circumstances, withinSeconds: number): readonly Planned[] => {
  const alone = (each: Planned): number => expectedOf([each], circumstances).seconds
  return planned
    .toSorted((a, b) => alone(a) - alone(b))
    .reduce<readonly Planned[]>((chosen, each) => {
      const more = [...chosen, each]
      return expectedOf(more, circumstances).seconds <= withinSeconds ? more : chosen
    }, [])
}

const isEpisodic = ({ scenario }: Planned): boolean => scenario.trial.kind === 'episode'

/** Seconds of each trial of the plan. Under steady load a block has a second trial of control. */
const trialFloors = ({ scenario, arms }: Planned, extent: Extent): number[] => {
  const again = scenario.trial.kind === 'steady' ? arms.filter((arm) => scenario.arms[arm]?.kind === 'control') : []
  const block = [...arms, ...again].map((arm) => floorMs(scenario, arm, extent.mode) / 1000)
  return Array.from({ length: blocksOf(scenario, extent) }, () => block).flat()
}

const aroundEpisode = ({ scenario: { trial } }: Planned, { mode }: Extent): number =>
  takes.aroundEpisode + takes.address * ((trial.kind === 'episode' && trial[mode].addresses) || 0)

const aroundSteady = (planned: Planned, extent: Extent): number => {
  const { trial } = planned.scenario
  const calibrates = trial.kind === 'steady' && typeof trial.load.rateRps !== 'number'
  return (
    takes.aroundTrial * trialFloors(planned, extent).length +
    takes.deployArm * planned.arms.length +
    (calibrates ? takes.calibration : 0)
  )
}

const sum = (seconds: readonly number[]): number => seconds.reduce((total, each) => total + each, 0)

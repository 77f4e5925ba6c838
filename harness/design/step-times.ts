// How long the steps of a run take: the floor of their windows and timers, plus everything else, on two cores.
import type { PlannedTrial } from '../model/design.ts'
import type { Scenario } from '../model/scenario.ts'
import type { ExpectedTime } from '../model/work.ts'
import { leastMakespan } from '../stats/makespan.ts'
import type { Extent } from './extent.ts'

/** Measured on two cores, in seconds. */
const takes = {
  start: 3,
  cluster: 20,
  node: 2.5,
  /** Preparing an episode's node, deploying and removing its objects. */
  aroundEpisode: 25,
  /** In addition, for each pod that its node has an address for: starting and ending it. */
  address: 0.8,
  /** Removing a deployment of the block before, and deploying it again. */
  deployArm: 1.8,
  aroundTrial: 1,
  calibration: 9,
  end: 12,
  /** From a cluster that is up to the pager: 26 to 54 s. */
  exercise: 45,
}

/** Before and after everything else, in seconds: what no step announces. */
export const unannounced = takes.start + takes.end

/** Creating a cluster of this many workers, with its images. */
export const clusterSeconds = (workers: number): number => takes.cluster + takes.node * (workers + 1)

/** Until the incident of an exercise has occurred, on a cluster that is up. */
export const exerciseSeconds = takes.exercise

type ExpectedStep = Required<ExpectedTime>

/** Episodes run side by side, one on each worker. */
type Places = Pick<Extent, 'mode'> & { readonly workers: number }

/** Of the episodes of all these scenarios, side by side. */
export const expectedEpisodes = (
  designed: readonly { readonly scenario: Scenario; readonly trials: readonly PlannedTrial[] }[],
  { mode, workers }: Places,
): ExpectedStep => {
  const pieces = designed.flatMap(({ scenario: { trial }, trials }) => {
    if (trial.kind !== 'episode') return []
    const around = takes.aroundEpisode + takes.address * (trial[mode].addresses ?? 0)
    return trials.map((each) => ({ floor: each.floorMs / 1000, around }))
  })
  return {
    seconds: leastMakespan(
      pieces.map(({ floor, around }) => floor + around),
      workers,
    ),
    floorSeconds: leastMakespan(
      pieces.map(({ floor }) => floor),
      workers,
    ),
  }
}

/** Of a scenario that has the cluster to itself. */
export const expectedAlone = (scenario: Scenario, trials: readonly PlannedTrial[], places: Places): ExpectedStep => {
  if (scenario.trial.kind === 'episode') return expectedEpisodes([{ scenario, trials }], places)
  const calibration = calibrates(scenario) ? expectedCalibration.seconds : 0
  const { seconds, floorSeconds } = expectedBlocks(trials)
  return { seconds: calibration + seconds, floorSeconds }
}

/** Deploying these arms, those of the block before removed. */
export const expectedDeployment = ({ length }: readonly unknown[]): ExpectedStep => ({
  seconds: takes.deployArm * length,
  floorSeconds: 0,
})

export const expectedCalibration: ExpectedStep = { seconds: takes.calibration, floorSeconds: 0 }

/** Of these trials under steady load. */
export const expectedTrials = (trials: readonly PlannedTrial[]): ExpectedStep => {
  const floorSeconds = sum(trials.map((each) => each.floorMs / 1000))
  return { seconds: floorSeconds + takes.aroundTrial * trials.length, floorSeconds }
}

/** Of whole blocks under steady load: their deployments and their trials. */
export const expectedBlocks = (trials: readonly PlannedTrial[]): ExpectedStep => {
  const { seconds, floorSeconds } = expectedTrials(trials)
  return { seconds: expectedDeployment(trials).seconds + seconds, floorSeconds }
}

const calibrates = ({ trial }: Scenario): boolean => trial.kind === 'steady' && typeof trial.load.rateRps !== 'number'

const sum = (seconds: readonly number[]): number => seconds.reduce((total, each) => total + each, 0)

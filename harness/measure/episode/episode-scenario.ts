// A running scenario of episodes: its node requirements, results so far, and missing episodes.
import type { MeasuredScenario, SmallNode } from '../../model/run.ts'
import { isMeasured } from '../../model/trial.ts'
import type { Trial } from '../../model/trial.ts'
import type { EpisodePace } from '../../model/scenario.ts'
import { floorMs } from '../../plan/floor.ts'
import { blocksOf } from '../../plan/extent.ts'
import { readScenarioFiles } from '../../scenario/arm-manifests.ts'
import type { ScenarioFiles } from '../../scenario/arm-manifests.ts'
import { episodeMethod } from './episode-method.ts'
import type { QueuedEpisode } from './episode-queue.ts'
import { findProbes } from '../../probe/kit/find-probe.ts'
import type { ReadyProbe } from '../../probe/kit/find-probe.ts'
import { earlierOf } from '../task.ts'
import type { EpisodeScenario, RunTask } from '../task.ts'
import { describeScenario } from '../describe.ts'

export interface UnderWay {
  readonly order: EpisodeScenario
  readonly pace: EpisodePace
  readonly mode: RunTask['mode']
  readonly files: ScenarioFiles
  readonly probes: readonly ReadyProbe[]
  /** Nodes prepared for it, by name. */
  readonly nodes: Map<string, SmallNode>
  readonly trials: Trial[]
  /** Number of episodes that have begun. */
  begun: number
}

export const begin = async (order: EpisodeScenario, run: RunTask): Promise<UnderWay> => {
  const { scenario, folder } = order.loaded
  const pace = { ...order.trial[run.mode], blocks: blocksOf(scenario, run) }
  const probes = await findProbes(scenario.probes)
  const files = await readScenarioFiles(folder, scenario, pace.difference)
  const { trials = [], method } = earlierOf(run, scenario.slug) ?? {}
  const nodes = new Map((method?.episode?.nodes ?? []).map((node) => [node.name, node]))
  return { order, pace, mode: run.mode, files, probes, nodes, trials: [...trials], begun: trials.length }
}

/** Every planned episode that did not run before the interruption. */
export const episodesToRun = (scenario: UnderWay, mode: 'quick' | 'full'): QueuedEpisode[] =>
  allEpisodes(scenario, mode).filter(
    ({ arm, block }) => !scenario.trials.some((trial) => trial.arm === arm && trial.block === block),
  )

const allEpisodes = ({ order, pace }: UnderWay, mode: 'quick' | 'full'): QueuedEpisode[] =>
  Array.from({ length: pace.blocks }, (_, block) => order.arms.map((arm) => queued(order, arm, block, mode))).flat()

/** Slots without a valid episode. */
export const lackingEpisodes = (scenario: UnderWay, mode: 'quick' | 'full'): QueuedEpisode[] =>
  allEpisodes(scenario, mode).filter((episode) => !isMeasured(scenario.trials, episode))

const queued = ({ loaded }: EpisodeScenario, arm: string, block: number, mode: 'quick' | 'full'): QueuedEpisode => ({
  slug: loaded.scenario.slug,
  arm,
  block,
  floorMs: floorMs(loaded.scenario, arm, mode),
})

/** Its entry in run.json so far, without judgement. */
export const describe = ({ order, pace, mode, files, probes, nodes, trials }: UnderWay, complete: boolean): MeasuredScenario =>
  describeScenario({
    ...order.loaded,
    files,
    arms: order.arms,
    pace,
    mode,
    rateRps: order.trial.load.rateRps,
    capacityRps: null,
    probes,
    trials,
    episode: episodeMethod(order.loaded.scenario, order.trial, files, [...nodes.values()]),
    complete,
  })

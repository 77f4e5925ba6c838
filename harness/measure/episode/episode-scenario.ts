// A running scenario of episodes: its node requirements, results so far, and missing episodes.
import type { MeasuredScenario, SmallNode } from '../../model/run.ts'
import type { Trial } from '../../model/trial.ts'
import type { EpisodePace } from '../../model/scenario.ts'
import type { Design } from '../../model/design.ts'
import { blocksIn, designOf } from '../../design/design.ts'
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
  readonly design: Design
  readonly files: ScenarioFiles
  readonly probes: readonly ReadyProbe[]
  /** Nodes prepared for it, by name. */
  readonly nodes: Map<string, SmallNode>
  readonly trials: Trial[]
  /** Number of episodes that have begun. */
  begun: number
}

export const begin = async (order: EpisodeScenario, run: RunTask, workers: number): Promise<UnderWay> => {
  const { scenario, folder } = order.loaded
  const earlier = earlierOf(run, scenario.slug)
  const design = earlier?.design ?? designOf(order, { ...run, workers })
  const pace = { ...order.trial[run.mode], blocks: blocksIn(design).length }
  const probes = await findProbes(scenario.probes, folder)
  const files = await readScenarioFiles(folder, scenario, pace.difference)
  const { trials = [], method } = earlier ?? {}
  const nodes = new Map((method?.episode?.nodes ?? []).map((node) => [node.name, node]))
  return { order, pace, design, files, probes, nodes, trials: [...trials], begun: trials.length }
}

/** All episodes of its design. */
export const episodesOf = ({ order, design }: UnderWay): QueuedEpisode[] =>
  design.trials.map((planned) => ({ ...planned, slug: order.loaded.scenario.slug }))

/** Its entry in run.json so far, without judgement. */
export const describe = ({ order, pace, design, files, probes, nodes, trials }: UnderWay, complete: boolean): MeasuredScenario =>
  describeScenario({
    ...order.loaded,
    files,
    arms: order.arms,
    pace,
    design,
    rateRps: order.trial.load.rateRps,
    capacityRps: null,
    probes,
    trials,
    episode: episodeMethod(order.loaded.scenario, order.trial, files, [...nodes.values()]),
    complete,
  })

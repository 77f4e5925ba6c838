// A scenario of episodes while it is played: what it wants of a node, what was found so far, and what is still lacking.
import type { SmallNode, ScenarioRun, Trial } from '../model/run.ts'
import type { EpisodePace } from '../model/scenario.ts'
import { floorMs } from '../plan/floor.ts'
import { readScenarioFiles } from './arm-manifests.ts'
import type { ScenarioFiles } from './arm-manifests.ts'
import { episodeMethod } from './episode-method.ts'
import type { QueuedEpisode } from './episode-queue.ts'
import { loadProbes } from './probes.ts'
import type { ReadyProbe } from './probes.ts'
import type { EpisodeScenario, RunOrder } from './scenario-order.ts'
import { scenarioRun } from './scenario-run.ts'

export interface UnderWay {
  readonly order: EpisodeScenario
  readonly pace: EpisodePace
  readonly files: ScenarioFiles
  readonly probes: readonly ReadyProbe[]
  /** Nodes that were made into what it wants, by name. */
  readonly nodes: Map<string, SmallNode>
  readonly trials: Trial[]
}

export const begin = async (order: EpisodeScenario, { mode, blocks }: RunOrder): Promise<UnderWay> => {
  const { scenario, folder } = order.loaded
  const pace = { ...order.trial[mode], ...(blocks ? { blocks } : {}) }
  const probes = await loadProbes(scenario.probes)
  const files = await readScenarioFiles(folder, scenario, pace.difference)
  return { order, pace, files, probes, nodes: new Map(), trials: [] }
}

/** Every episode of the plan. */
export const allEpisodes = ({ order, pace }: UnderWay, mode: 'quick' | 'full'): QueuedEpisode[] =>
  Array.from({ length: pace.blocks }, (_, block) => order.arms.map((arm) => queued(order, arm, block, mode))).flat()

/** One more of each arm that has fewer valid episodes than planned. Whether one was disturbed is seen at the load and at the host alone. */
export const lackingEpisodes = ({ order, pace, trials }: UnderWay, mode: 'quick' | 'full'): QueuedEpisode[] =>
  order.arms
    .filter((arm) => trials.filter((each) => each.arm === arm && each.invalid.length === 0).length < pace.blocks)
    .map((arm) => queued(order, arm, pace.blocks, mode))

const queued = ({ loaded }: EpisodeScenario, arm: string, block: number, mode: 'quick' | 'full'): QueuedEpisode => ({
  slug: loaded.scenario.slug,
  arm,
  block,
  floorMs: floorMs(loaded.scenario, arm, mode),
})

/** What run.json says of it so far. */
export const describe = (
  { order, pace, files, probes, nodes, trials }: UnderWay,
  seed: number,
  complete: boolean,
): Promise<ScenarioRun> =>
  scenarioRun({
    scenario: order.loaded.scenario,
    files,
    arms: order.arms,
    pace,
    rateRps: order.trial.load.rateRps,
    capacityRps: null,
    seed,
    probes,
    trials,
    episode: episodeMethod(order.loaded.scenario, order.trial, files, [...nodes.values()]),
    complete,
  })

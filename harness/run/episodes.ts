// Episodes of all scenarios that have them, from one queue: whichever node is free takes the next one, and is made into what that wants.
import pLimit from 'p-limit'
import { removeNamespaces } from '../kube/namespace.ts'
import { LabError } from '../model/lab-error.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Say } from '../model/step.ts'
import type { NodeAccess } from '../node/kubelet.ts'
import { makeSmall, restoreNode } from '../node/small-node.ts'
import { Cleanup } from './cleanup.ts'
import { runEpisode, undoEpisode } from './episode.ts'
import { episodeArm } from './episode-arm.ts'
import { openQueue } from './episode-queue.ts'
import type { EpisodeQueue, QueuedEpisode } from './episode-queue.ts'
import { favouring } from './favoured.ts'
import { allEpisodes, begin, describe, lackingEpisodes } from './episode-scenario.ts'
import type { UnderWay } from './episode-scenario.ts'
import { adminShell, openShells, workers } from './nodes.ts'
import type { EpisodeScenario, RunOrder } from './scenario-order.ts'
import { allOrNone, inTurn } from './side-by-side.ts'

export interface EpisodesOrder extends RunOrder {
  readonly scenarios: readonly EpisodeScenario[]
  /** A scenario that this cluster cannot show is left out, with the reason, instead of an error. */
  readonly skipUnfit: boolean
  /** How many nodes have to be as they were afterwards. */
  readonly nodesNeeded: number
}

/** What became of a scenario: its run, or why this cluster cannot show it. */
export type Played = { readonly slug: string } & ({ readonly run: ScenarioRun } | { readonly unfit: LabError })

const uninterrupted = new AbortController().signal // clean-up goes on after Ctrl-C

export const runEpisodes = async (order: EpisodesOrder): Promise<readonly Played[]> => {
  const shells = await openShells(order.cluster)
  const cleanup = new Cleanup()
  try {
    return await playAll(order, shells, cleanup)
  } finally {
    if (!order.keep) await order.step('make the nodes as they were', () => cleanup.run())
    shells.forEach((shell) => shell.close())
  }
}

/** Of so many nodes one gets ready or is cleaned at a time. All at once they would take every CPU from the stories that are told. */
const nodesPerTurn = 3

/** A node, and the scenario it was made ready for; null: it is as it was. */
type Stage = NodeAccess & { readyFor: string | null }

const playAll = async (
  order: EpisodesOrder,
  shells: ReadonlyMap<string, NodeShell>,
  cleanup: Cleanup,
): Promise<readonly Played[]> => {
  const { cluster, mode, seed, keep, step, signal, phases } = order
  const scenarios = new Map<string, UnderWay>()
  for (const each of order.scenarios) scenarios.set(each.loaded.scenario.slug, await begin(each, order))
  const unfit = new Map<string, LabError>()
  const nodes = (await workers(cluster, shells, signal)).map((node): Stage => ({ ...node, readyFor: null }))
  if (nodes.length === 0)
    throw new LabError('Episodes need a worker node of their own, and the cluster has none', { exit: 'cannotRun' })
  const openAdminShell = await adminShell(cluster)
  const favoured = favouring(cluster.favour)
  const turn = pLimit(Math.max(2, Math.ceil(nodes.length / nodesPerTurn)))
  const record = inTurn(async (of: UnderWay) => of.order.record(await describe(of, seed, false)))
  const restore = async (node: Stage, stopping: AbortSignal): Promise<void> => {
    await restoreNode({ ...node, signal: stopping })
    node.readyFor = null
  }
  const changed = (): Stage[] => nodes.filter(({ readyFor }) => readyFor !== null)
  const lacking = (): number => Math.max(0, order.nodesNeeded - (nodes.length - changed().length))
  cleanup.add('make the nodes as they were', async () => {
    await Promise.all(
      changed()
        .slice(0, lacking())
        .map((node) => restore(node, uninterrupted)),
    )
  })
  cleanup.add('remove what was deployed', () => removeNamespaces(cluster.kube, uninterrupted))

  /** Makes the node into what the scenario wants; false: that cannot be had here. */
  const prepare = async (node: Stage, { order: { loaded, trial }, pace, nodes: made }: UnderWay): Promise<boolean> => {
    const { slug } = loaded.scenario
    if (node.readyFor === slug) return true
    node.readyFor = slug
    try {
      made.set(node.name, await makeSmall(node, trial.node, pace.addresses))
      return true
    } catch (error) {
      if (!order.skipUnfit || !(error instanceof LabError) || error.exit !== 'cannotRun') throw error
      unfit.set(slug, error)
      return false
    }
  }

  const playOne = async (
    node: Stage,
    scenario: UnderWay,
    { slug, arm: name, block, floorMs }: QueuedEpisode,
    isLast: () => boolean,
  ): Promise<void> => {
    const { order: of, pace, files, probes, trials } = scenario
    const during = phases.lane(node.name, slug)
    const arm = episodeArm(of.loaded.scenario, of.trial, files, name, node.name, cluster.images)
    const found = await runEpisode({
      node,
      shells,
      openAdminShell,
      arm,
      block,
      trial: of.trial,
      pace,
      probes,
      signal: node.signal,
      during,
      favoured,
      turn,
    })
    trials.push({ ...found, floorMs, order: trials.length })
    await record(scenario)
    if (!keep || !isLast()) await during('wait', () => turn(() => during('clean-up', () => undoEpisode(node, arm.namespace))))
  }

  const playQueue = (queue: EpisodeQueue, title: string): Promise<unknown> => {
    const total = queue.left()
    let done = 0
    const playOn = async (node: Stage, say: Say): Promise<void> => {
      for (let next = queue.take(node.readyFor); next; next = queue.take(node.readyFor)) {
        const { slug, arm } = next
        const scenario = scenarios.get(slug)
        if (!scenario) throw new Error(`${slug} was queued but not begun`)
        const during = phases.lane(node.name, slug)
        if (await during('wait', () => turn(() => during('prepare', () => prepare(node, scenario))))) {
          say(`${slug} ${arm} on ${node.name}; ${done} of ${total} done`)
          await playOne(node, scenario, next, () => queue.left() === 0)
          done += 1
        } else queue.drop(slug)
        queue.over(next)
      }
      if (!keep && node.readyFor !== null && lacking() > 0) await restore(node, node.signal) // while others still play
    }
    const of = order.total > 1 ? `scenarios 1 to ${order.scenarios.length} of ${order.total}: ` : ''
    return step(`${of}${title}`, (say) =>
      allOrNone(signal, (stopping) => nodes.map((node) => playOn(Object.assign(node, { signal: stopping }), say))),
    )
  }

  const all = openQueue([...scenarios.values()].flatMap((each) => allEpisodes(each, mode)))
  await playQueue(all, `play ${all.left()} episodes on ${Math.min(nodes.length, all.left())} nodes`)
  const fit = [...scenarios].filter(([slug]) => !unfit.has(slug)).map(([, scenario]) => scenario)
  const again = openQueue(fit.flatMap((each) => lackingEpisodes(each, mode)))
  if (again.left() > 0) await playQueue(again, `play ${again.left()} episodes again, in place of those that were disturbed`)
  return Promise.all(
    [...scenarios].map(async ([slug, scenario]): Promise<Played> => {
      const error = unfit.get(slug)
      return error ? { slug, unfit: error } : { slug, run: await describe(scenario, seed, true) }
    }),
  )
}

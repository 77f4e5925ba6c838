// Runs the episodes of all scenarios from one queue: each free node takes the next one, and is prepared for it.
import pLimit from 'p-limit'
import { removeNamespaces } from '../../kube/namespace.ts'
import { isUnfit, LabError } from '../../model/lab-error.ts'
import type { Testbed } from '../../model/testbed.ts'
import type { Say } from '../../model/work.ts'
import { expectedEpisodes } from '../../design/step-times.ts'
import { isMeasured, isTrialOf } from '../../model/trial.ts'
import { Cleanup, uninterrupted } from '../cleanup.ts'
import { runEpisode, undoEpisode } from './episode.ts'
import type { EpisodeBench } from './episode.ts'
import { episodeArm } from './episode-arm.ts'
import { openQueue } from './episode-queue.ts'
import type { QueuedEpisode } from './episode-queue.ts'
import { withCpuPriority } from './cpu-priority.ts'
import type { EpisodeNode } from './episode-node.ts'
import { begin, describe, episodesOf } from './episode-scenario.ts'
import type { UnderWay } from './episode-scenario.ts'
import { play } from '../play.ts'
import { measured } from '../task.ts'
import type { EpisodeScenario, RunTask } from '../task.ts'
import { allOrNone, allToEnd } from '../../side-by-side.ts'

export interface QueueTask extends RunTask {
  readonly scenarios: readonly EpisodeScenario[]
  /** Skip a scenario that this cluster cannot run, with the reason, instead of failing. */
  readonly skipUnfit: boolean
  /** How many nodes must be restored afterwards. */
  readonly nodesNeeded: number
}

/** Runs all episodes; the journal records each. Returns the scenarios that this cluster cannot run, each with the reason. */
export const runEpisodes = async (order: QueueTask): Promise<ReadonlyMap<string, LabError>> => {
  const testbed = await order.cluster.open()
  const cleanup = new Cleanup()
  const restoreNodes = async (): Promise<readonly string[]> => {
    const failures = order.keep ? [] : await order.step('restore the nodes', () => cleanup.run())
    order.leftBehind.push(...failures)
    testbed.close()
    return failures
  }
  let unfit: ReadonlyMap<string, LabError>
  try {
    unfit = await runAll(order, testbed, cleanup)
  } catch (error) {
    await restoreNodes()
    throw error
  }
  const evidence = await restoreNodes()
  if (evidence.length > 0)
    throw new LabError('The nodes could not be restored', { evidence, next: '`lab down` removes the cluster with all of them' })
  return unfit
}

/** One setup slot for this many nodes. All at once they would take every CPU from running episodes. */
const nodesPerTurn = 3

/** Disturbed episodes are repeated until a round has no valid one. */
const patience = 1

/** A node, and the scenario it is prepared for; null: unchanged. */
type PreparedNode = EpisodeNode & { readyFor: string | null }

const runAll = async (order: QueueTask, testbed: Testbed, cleanup: Cleanup): Promise<ReadonlyMap<string, LabError>> => {
  const { cluster, mode, keep, step, signal, phases, journal } = order
  const unfit = new Map<string, LabError>()
  const nodes = testbed.nodes.map((node): PreparedNode => ({ ...node, kube: cluster.kube, signal, readyFor: null }))
  if (nodes.length === 0)
    throw new LabError('Episodes need a worker node of their own, but the cluster has none', {
      exit: 'cannotRun',
      next: '`lab down`, then run it again: a new cluster has workers, or as many as --workers says',
    })
  const scenarios = new Map<string, UnderWay>()
  for (const each of order.scenarios) {
    const begun = await begin(each, order, nodes.length)
    scenarios.set(each.loaded.scenario.slug, begun)
    await journal.describe(describe(begun, false))
  }
  const withSetupSlot = pLimit(Math.max(2, Math.ceil(nodes.length / nodesPerTurn)))
  const bench: EpisodeBench = {
    testbed,
    emit: order.observer.emit,
    withCpuPriority,
    withSetupSlot,
  }
  const restore = async (node: PreparedNode, stopping: AbortSignal): Promise<void> => {
    await node.restore(stopping)
    node.readyFor = null
  }
  const changed = (): PreparedNode[] => nodes.filter(({ readyFor }) => readyFor !== null)
  const lacking = (): number => Math.max(0, order.nodesNeeded - (nodes.length - changed().length))
  cleanup.add('restore the nodes', async () => {
    await allToEnd(
      changed()
        .slice(0, lacking())
        .map((node) => restore(node, uninterrupted)),
    )
  })
  cleanup.add('remove deployed objects', () => removeNamespaces(cluster.kube, uninterrupted))

  /** Prepares the node for the scenario; false: impossible here. */
  const prepare = async (node: PreparedNode, { order: { loaded, trial }, pace, nodes: made }: UnderWay): Promise<boolean> => {
    const { slug } = loaded.scenario
    if (node.readyFor === slug) return true
    node.readyFor = slug
    try {
      made.set(node.name, await node.prepare(trial.node, pace.addresses, node.signal))
      return true
    } catch (error) {
      if (!order.skipUnfit || !isUnfit(error)) throw error
      unfit.set(slug, error)
      return false
    }
  }

  const runOne = async (node: PreparedNode, scenario: UnderWay, planned: QueuedEpisode, isLast: () => boolean): Promise<void> => {
    const { order: of, pace, files, probes, trials } = scenario
    const { slug } = of.loaded.scenario
    const place = scenario.begun++
    const timePhase = phases.lane(node.name, slug)
    const arm = episodeArm(of.loaded.scenario, of.trial, files, planned.arm, node.name, cluster.images)
    const found = await runEpisode(bench, { slug, planned, node, arm, trial: of.trial, pace, probes, timePhase })
    const trial = { ...found, order: place }
    trials.push(trial)
    await journal.trial(slug, trial)
    if (!keep || !isLast())
      await timePhase('wait', () => withSetupSlot(() => timePhase('clean-up', () => undoEpisode(node, arm.namespace))))
  }

  const trialsOf = ({ slug }: QueuedEpisode): UnderWay['trials'] => scenarios.get(slug)?.trials ?? []
  const measure = async (episodes: readonly QueuedEpisode[]): Promise<void> => {
    const queue = openQueue(episodes)
    const total = queue.left()
    let done = 0
    const runOn = async (node: PreparedNode, say: Say): Promise<void> => {
      for (let next = queue.take(node.readyFor); next; next = queue.take(node.readyFor)) {
        const { slug, arm } = next
        const scenario = scenarios.get(slug)
        if (!scenario) throw new Error(`${slug} was queued but not begun`)
        const timePhase = phases.lane(node.name, slug)
        if (await timePhase('wait', () => withSetupSlot(() => timePhase('prepare', () => prepare(node, scenario))))) {
          say(`${slug} ${arm} on ${node.name}; ${done} of ${total} done`)
          await runOne(node, scenario, next, () => queue.left() === 0)
          done += 1
        } else queue.drop(slug)
        queue.over(next)
      }
      if (!keep && node.readyFor !== null && lacking() > 0) await restore(node, node.signal) // while others still run
    }
    const isRepeat = episodes.every((each) => trialsOf(each).some((trial) => isTrialOf(trial, each)))
    const of = order.total > 1 ? `scenarios 1 to ${order.scenarios.length} of ${order.total}: ` : ''
    const what = isRepeat ? `play ${total} episodes again that were disturbed` : `play ${total} episodes`
    const designed = [...scenarios.values()].map(({ order: { loaded }, design }) => ({ scenario: loaded.scenario, ...design }))
    await step(
      `${of}${what} on ${Math.min(nodes.length, total)} nodes`,
      (say) => allOrNone(signal, (stopping) => nodes.map((node) => runOn(Object.assign(node, { signal: stopping }), say))),
      isRepeat ? undefined : expectedEpisodes(designed, { mode, workers: nodes.length }),
    )
  }

  await play(
    [[...scenarios.values()].flatMap(episodesOf)],
    { measure, isMeasured: (episode) => unfit.has(episode.slug) || isMeasured(trialsOf(episode), episode) },
    patience,
  )
  for (const [slug, scenario] of scenarios) if (!unfit.has(slug)) await measured(order, describe(scenario, true))
  return unfit
}

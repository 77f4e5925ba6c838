// A scenario of episodes: block after block, one episode at a time on each node that was made small for it.
import { removeNamespaces } from '../kube/namespace.ts'
import { LabError } from '../model/lab-error.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { ScenarioRun, SmallNode, Trial } from '../model/run.ts'
import type { EpisodePace, EpisodeTrial } from '../model/scenario.ts'
import type { Say } from '../model/step.ts'
import type { NodeAccess } from '../node/kubelet.ts'
import { makeSmall, restoreNode } from '../node/small-node.ts'
import { shuffledBlocks } from '../stats/shuffle.ts'
import { readScenarioFiles } from './arm-manifests.ts'
import { Cleanup } from './cleanup.ts'
import { runEpisode, undoEpisode } from './episode.ts'
import { episodeArm } from './episode-arm.ts'
import { episodeMethod } from './episode-method.ts'
import { nameOfKind } from './judge.ts'
import { adminShell, openShells, workers } from './nodes.ts'
import { loadProbes } from './probes.ts'
import type { ScenarioOrder } from './scenario-order.ts'
import { scenarioRun } from './scenario-run.ts'
import { allOrNone, inTurn } from './side-by-side.ts'

export type EpisodesOrder = ScenarioOrder & { readonly trial: EpisodeTrial }

const uninterrupted = new AbortController().signal // clean-up goes on after Ctrl-C

export const runEpisodes = async (run: EpisodesOrder): Promise<ScenarioRun> => {
  const shells = await openShells(run.cluster)
  const cleanup = new Cleanup()
  try {
    return await playAll(run, shells, cleanup)
  } finally {
    if (!run.keep) await run.step('make the nodes as they were', () => cleanup.run())
    shells.forEach((shell) => shell.close())
  }
}

const playAll = async (run: EpisodesOrder, shells: ReadonlyMap<string, NodeShell>, cleanup: Cleanup): Promise<ScenarioRun> => {
  const { loaded, trial, arms, cluster } = run
  const { scenario } = loaded
  const pace = { ...trial[run.mode], ...(run.blocks ? { blocks: run.blocks } : {}) }
  const probes = await loadProbes(scenario.probes)
  const files = await readScenarioFiles(loaded.folder, scenario, pace.difference)
  const nodes = (await workers(cluster, shells, run.signal)).slice(0, arms.length)
  if (nodes.length === 0)
    throw new LabError(`${scenario.slug} needs a worker node of its own, and the cluster has none`, { exit: 'cannotRun' })
  const small = await makeAllSmall(run, nodes, pace, cleanup)
  const openAdminShell = await adminShell(cluster)
  const episode = episodeMethod(scenario, trial, files, small)
  const trials: Trial[] = []
  const describe = (complete: boolean): Promise<ScenarioRun> => {
    const load = { rateRps: trial.load.rateRps, capacityRps: null }
    return scenarioRun({ scenario, files, arms, pace, ...load, seed: run.seed, probes, trials, episode, complete })
  }
  const record = inTurn(async () => run.record(await describe(false)))

  /** Takes the next arm whenever its node is free; the last one stays where everything is to be kept. */
  const playOn = async (node: NodeAccess, queue: string[], block: number, say: Say): Promise<void> => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      say(`${name} on ${node.name}, ${trials.length} done`)
      const arm = episodeArm(scenario, trial, files, name, node.name, cluster.images)
      const found = await runEpisode({ node, shells, openAdminShell, arm, block, trial, pace, probes, signal: node.signal })
      trials.push({ ...found, order: trials.length })
      await record()
      if (!run.keep || queue.length > 0) await undoEpisode(node, arm.namespace)
    }
  }
  const playBlock = async (queue: string[], block: number, title: string): Promise<void> => {
    const play = (say: Say) =>
      allOrNone(run.signal, (signal) => nodes.map((node) => playOn({ ...node, signal }, queue, block, say)))
    await run.step(title, play)
  }

  const plan = shuffledBlocks(
    arms.map((arm) => ({ arm })),
    pace.blocks,
    run.seed,
  )
  for (let block = 0; block < pace.blocks; block++) {
    const queue = incidentFirst(
      plan.filter((slot) => slot.block === block).map(({ arm }) => arm),
      run,
    )
    await playBlock(queue, block, `play ${queue.length} episodes on ${nodes.length} nodes, block ${block + 1} of ${pace.blocks}`)
  }
  const isLacking = (arm: string): boolean =>
    trials.filter((each) => each.arm === arm && each.invalid.length === 0).length < pace.blocks
  const lacking = arms.filter(isLacking)
  if (lacking.length > 0)
    await playBlock([...lacking], pace.blocks, `play ${lacking.length} episodes again, in place of those that were disturbed`)
  return describe(true)
}

/** It lasts longest, so the nodes are done at about the same time. */
const incidentFirst = (arms: readonly string[], { loaded }: EpisodesOrder): string[] => {
  const incident = nameOfKind(loaded.scenario.arms, 'incident')
  return [incident, ...arms.filter((arm) => arm !== incident)]
}

const makeAllSmall = (
  run: EpisodesOrder,
  nodes: readonly NodeAccess[],
  { addresses }: EpisodePace,
  cleanup: Cleanup,
): Promise<SmallNode[]> =>
  run.step(`prepare ${nodes.length} nodes (${run.trial.node.size})`, async () => {
    cleanup.add('make the nodes as they were', async () => {
      await Promise.all(nodes.map((node) => restoreNode({ ...node, signal: uninterrupted })))
    })
    cleanup.add('remove what was deployed', () => removeNamespaces(run.cluster.kube, uninterrupted))
    return allOrNone(run.signal, (signal) => nodes.map((node) => makeSmall({ ...node, signal }, run.trial.node, addresses)))
  })

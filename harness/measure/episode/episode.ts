// One episode: a fresh namespace on its own node, a client that sends throughout, the trigger, the steps, the end.
import { applyInNamespace, createNamespace, namespaceGone, removeNamespace } from '../../kube/namespace.ts'
import type { Manifest } from '../../kube/client.ts'
import { namespaceEvidence } from '../../kube/events.ts'
import { waitFor } from '../../kube/wait.ts'
import { customResourcesReady, deploymentsReady } from '../../kube/workloads-ready.ts'
import { openLoad } from '../../load/load-client.ts'
import type { OpenLoad } from '../../load/load-client.ts'
import { trialFaults } from '../../load/self-check.ts'
import { slotOf } from '../../model/design.ts'
import type { PlannedTrial } from '../../model/design.ts'
import { durationMs } from '../../model/moment.ts'
import type { TimePhase } from '../../model/phase.ts'
import type { Trial } from '../../model/trial.ts'
import type { EpisodePace, EpisodeTrial } from '../../model/scenario.ts'
import type { Testbed } from '../../model/testbed.ts'
import { podNames } from '../../probe/kit/pods.ts'
import { momentWords } from '../../timeline/is-reached.ts'
import { startRecorder } from '../../recorder/recorder.ts'
import type { Recorder } from '../../recorder/recorder.ts'
import { startProbes } from '../probes.ts'
import { thenCleanUp } from '../../side-by-side.ts'
import { emitToEnd, emitTrial } from '../../events/emit.ts'
import type { Emit, TrialEmitter } from '../../events/emit.ts'
import type { WithCpuPriority } from './cpu-priority.ts'
import type { ReadyProbe } from '../../probe/kit/find-probe.ts'
import { runStory } from './story.ts'
import type { EpisodeArm } from './episode-arm.ts'
import type { EpisodeNode } from './episode-node.ts'
import { loadPod } from '../steady/trial.ts'

/** What all episodes of a run share. */
export interface EpisodeBench {
  readonly testbed: Testbed
  readonly emit: Emit
  readonly withCpuPriority: WithCpuPriority
  /** Waits for a setup slot: set-up and clean-up take CPU time from running episodes. */
  readonly withSetupSlot: <T>(work: () => Promise<T>) => Promise<T>
}

export interface EpisodeTask {
  readonly slug: string
  readonly planned: PlannedTrial
  readonly node: EpisodeNode
  readonly arm: EpisodeArm
  readonly trial: EpisodeTrial
  readonly pace: EpisodePace
  readonly probes: readonly ReadyProbe[]
  readonly timePhase: TimePhase
}

/** Runs it in a new namespace. */
export const runEpisode = async (bench: EpisodeBench, task: EpisodeTask): Promise<Episode> => {
  const { node, arm, timePhase } = task
  await timePhase('wait', () => namespaceGone(node.kube, arm.namespace, node.signal)) // of the previous block
  await createNamespace(node.kube, arm.namespace, arm.podSecurity, arm.namespaceLabels)
  return playEpisode(bench, task, async (recorder) => {
    await deploy(task, recorder)
    await bench.testbed.reach([arm.namespace], node.signal) // a client that begins sooner fails while nothing is broken
  })
}

export type Episode = Omit<Trial, 'order'>

/** Runs it in the existing namespace. `prepare` creates the initial state, after its watches have started. */
export const playEpisode = (
  bench: EpisodeBench,
  task: EpisodeTask,
  prepare: (recorder: Recorder) => Promise<void>,
): Promise<Episode> => {
  const { slug, planned, node, trial, pace } = task
  const lastsMs = setUpMs + durationMs(pace.warmup) + durationMs(pace.window)
  const about = { slug, ...slotOf(planned), kind: 'episode', node: node.name } as const
  const emitter = emitTrial(bench.emit, { ...about, pods: [], rateRps: trial.load.rateRps, lastsMs })
  return emitToEnd(emitter, () => play(bench, task, prepare, emitter))
}

/** Approximate time of an episode before its warm-up. */
const setUpMs = 15_000
const lookMs = 1000

const play = async (
  bench: EpisodeBench,
  task: EpisodeTask,
  prepare: (recorder: Recorder) => Promise<void>,
  emitter: TrialEmitter,
): Promise<Episode> => {
  const { testbed, withCpuPriority, withSetupSlot } = bench
  const { planned, node, arm, trial, timePhase } = task
  const { kube, signal } = node
  const startedAt = new Date().toISOString()
  const recorder = await startRecorder(kube, arm.namespace, node.name)
  let seen: Awaited<ReturnType<typeof startProbes>>['seen'] | undefined
  const look = () => {
    const { timeline, isTriggered } = recorder.soFar()
    const values = isTriggered ? (seen?.(timeline).lanes ?? []) : []
    return { timeline: { ...timeline, lanes: [...timeline.lanes, ...values] }, isTriggered }
  }
  const looking = setInterval(() => emitter.story(look), lookMs)
  const played = async (): Promise<Episode> => {
    await timePhase('wait', () => withSetupSlot(() => timePhase('deploy', () => prepare(recorder))))
    const pods = await podNames(kube, arm.namespace, trial.servers)
    const load = await timePhase('wait', () => openEpisodeLoad(task))
    const context = {
      kube,
      namespace: arm.namespace,
      pods,
      servers: trial.servers,
      testbed,
      node: node.name,
      addOns: arm.addOns,
      signal,
    }
    const observed = await startProbes(task.probes, context)
    try {
      const { seen: seenSoFar } = observed
      seen = seenSoFar
      const hostUse = await testbed.noise()
      const sent = load.send((second) => emitter.second(second, () => seenSoFar(null).series))
      sent.catch(() => {}) // reported below if the story fails first
      const story = { ...task, testbed }
      const untilEnd = () => Promise.race([runStory(story, recorder), sent.then(() => 'the load ended before the episode')])
      const ended = await timePhase('load', () => withCpuPriority(node, untilEnd))
      load.stop()
      const result = await sent
      const timeline = await recorder.finish(ended)
      const host = await hostUse()
      const found = await observed.end({ load: result, host, timeline, change: null })
      emitter.story(() => ({ timeline: found.timeline ?? timeline, isTriggered: true }))
      const printed = timeline.actions.filter(({ printed: text }) => text).map((each) => `${each.what}: ${each.printed}`)
      const invalid = [...trialFaults(result, host, trial.limits), ...found.invalid]
      const proof = [...found.proof, ...printed]
      const { floorMs } = planned
      return { ...slotOf(planned), startedAt, pods, ...found, proof, invalid, host, load: result, floorMs, node: node.name }
    } finally {
      observed.stop()
    }
  }
  return thenCleanUp(played, () => {
    clearInterval(looking)
    return recorder.stop()
  })
}

/** Removes the episode's objects, and empties its node for the next one. */
export const undoEpisode = async (node: EpisodeNode, namespace: string): Promise<void> => {
  await removeNamespace(node.kube, namespace, node.signal)
  await node.empty(node.signal)
}

/** Deploys Jobs last, when the Deployments are ready: long-running pods are placed before short-lived ones. */
const deploy = async ({ node, arm, trial }: EpisodeTask, recorder: Recorder): Promise<void> => {
  const { signal } = node
  const isJob = ({ kind }: Manifest): boolean => kind === 'Job'
  await applyInNamespace(
    node.kube,
    arm.deployed.filter((object) => !isJob(object)),
    arm.namespace,
    signal,
  )
  await deploymentsReady(node.kube, arm.namespace, signal)
  await customResourcesReady(node.kube, arm.deployed, arm.namespace, signal)
  await applyInNamespace(node.kube, arm.deployed.filter(isJob), arm.namespace)
  await settled({ node, arm, trial }, recorder)
}

/** Resolves when all preconditions of the load are met. */
export const settled = ({ node, arm, trial }: Pick<EpisodeTask, 'node' | 'arm' | 'trial'>, recorder: Recorder): Promise<void> => {
  const evidence = () => namespaceEvidence(node.kube, arm.namespace)
  return waitFor({ what: `${arm.namespace} to be settled`, deadlineMs: 60_000, signal: node.signal, evidence }, async () => {
    const lacking = trial.settled.filter((moment) => !recorder.isReached(moment))
    return lacking.length === 0 ? { value: undefined } : { notYet: `not yet: ${lacking.map(momentWords).join(', ')}` }
  })
}

/** Plans the load for longer than the episode can last; it stops with the episode. */
const openEpisodeLoad = async ({ node, arm, trial, pace }: EpisodeTask): Promise<OpenLoad> => {
  const { pod, program, rateRps } = trial.load
  const client = await loadPod(node.kube, arm.namespace, pod)
  const window = `${durationMs(pace.warmup) + durationMs(pace.window) + 30_000}ms`
  return openLoad(node.kube, client, { program, rateRps, warmup: '0s', window }, node.signal)
}

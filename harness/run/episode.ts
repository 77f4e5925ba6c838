// One episode: a fresh namespace on a node of its own, a client that calls all the while, the trigger, what follows, the end.
import { applyInNamespace, createNamespace, namespaceGone, removeNamespace } from '../kube/namespace.ts'
import { remove } from '../kube/apply.ts'
import type { Manifest } from '../kube/client.ts'
import { namespaceEvidence } from '../kube/events.ts'
import { waitFor } from '../kube/wait.ts'
import { deploymentsReady } from '../kube/workloads-ready.ts'
import { hostFaults, watchHost } from '../load/host-use.ts'
import { openLoad } from '../load/load-client.ts'
import type { OpenLoad } from '../load/load-client.ts'
import { loadFaults } from '../load/self-check.ts'
import type { NodeShell } from '../model/node-shell.ts'
import { durationMs } from '../model/moment.ts'
import type { Moment } from '../model/moment.ts'
import type { Trial } from '../model/run.ts'
import type { EpisodeTrial, Pace, Step } from '../model/scenario.ts'
import type { NodeAccess } from '../node/kubelet.ts'
import { emptyNode } from '../node/small-node.ts'
import { podNames } from '../probe/pods.ts'
import { momentWords } from '../timeline/moment.ts'
import { startRecorder } from '../timeline/recorder.ts'
import type { Recorder } from '../timeline/recorder.ts'
import { startProbes } from './probes.ts'
import type { ReadyProbe } from './probes.ts'
import { loadPod } from './trial.ts'

/** An arm as an episode plays it: its objects, placed on the node. */
export interface EpisodeArm {
  readonly name: string
  readonly namespace: string
  readonly podSecurity: string
  readonly deployed: readonly Manifest[]
  /** Empty for control. */
  readonly triggered: readonly Manifest[]
  readonly steps: readonly Step[]
  readonly until: readonly Moment[]
  /** Objects of a step's file. */
  readonly objectsOf: (file: string) => readonly Manifest[]
}

export interface EpisodeOrder {
  readonly node: NodeAccess
  readonly shells: ReadonlyMap<string, NodeShell>
  readonly arm: EpisodeArm
  readonly block: number
  readonly trial: EpisodeTrial
  readonly pace: Pace
  readonly probes: readonly ReadyProbe[]
  readonly signal: AbortSignal
}

export const runEpisode = async (order: EpisodeOrder): Promise<Omit<Trial, 'order'>> => {
  const { node, shells, arm, trial, signal } = order
  const { kube } = node
  const startedAt = new Date().toISOString()
  await namespaceGone(kube, arm.namespace, signal) // that of the block before
  await createNamespace(kube, arm.namespace, arm.podSecurity)
  const recorder = await startRecorder(kube, arm.namespace, node.name)
  try {
    await deploy(order, recorder)
    const pods = await podNames(kube, arm.namespace, trial.servers)
    const load = await openEpisodeLoad(order)
    const context = { kube, namespace: arm.namespace, pods, servers: trial.servers, shells, node: node.name, signal }
    const observed = await startProbes(order.probes, context)
    try {
      const hostUse = await watchHost([...shells.values()])
      const sent = load.send()
      sent.catch(() => {}) // told below, should the story fail first
      const ended = await Promise.race([play(order, recorder), sent.then(() => 'the load ended before the episode')])
      load.stop()
      const result = await sent
      const timeline = await recorder.finish(ended)
      const host = await hostUse()
      const found = await observed.end(result, host, timeline)
      const invalid = [...loadFaults(result, trial.limits), ...hostFaults(host, trial.limits)]
      const slot = { arm: arm.name, block: order.block, again: false }
      return { ...slot, startedAt, pods, ...found, invalid, host, load: result, node: node.name, timeline }
    } finally {
      observed.stop()
    }
  } finally {
    await recorder.stop()
  }
}

/** What the episode made goes, and its node is as before the next one. */
export const undoEpisode = async (node: NodeAccess, namespace: string): Promise<void> => {
  await removeNamespace(node.kube, namespace, node.signal)
  await emptyNode(node)
}

/** Jobs come last, when the Deployments are ready: what runs all the time has its place before what comes and goes. */
const deploy = async ({ node, arm, trial, signal }: EpisodeOrder, recorder: Recorder): Promise<void> => {
  const isJob = ({ kind }: Manifest): boolean => kind === 'Job'
  await applyInNamespace(
    node.kube,
    arm.deployed.filter((object) => !isJob(object)),
    arm.namespace,
  )
  await deploymentsReady(node.kube, arm.namespace, signal)
  await applyInNamespace(node.kube, arm.deployed.filter(isJob), arm.namespace)
  const evidence = () => namespaceEvidence(node.kube, arm.namespace)
  await waitFor({ what: `${arm.namespace} to be settled`, deadlineMs: 60_000, signal, evidence }, async () => {
    const lacking = trial.settled.filter((moment) => !recorder.hasCome(moment))
    return lacking.length === 0 ? { value: undefined } : { notYet: `not yet: ${lacking.map(momentWords).join(', ')}` }
  })
}

/** The load is planned for longer than the episode can last, and is stopped with it. */
const openEpisodeLoad = async ({ node, arm, trial, pace, signal }: EpisodeOrder): Promise<OpenLoad> => {
  const { pod, program, rateRps } = trial.load
  const client = await loadPod(node.kube, arm.namespace, pod)
  const window = `${durationMs(pace.warmup) + durationMs(pace.window) + 30_000}ms`
  return openLoad(node.kube, client, { program, rateRps, warmup: '0s', window }, signal)
}

/** Pulls the trigger after the warm-up, does each step when its moment has come, and tells what ended it. */
const play = async (order: EpisodeOrder, recorder: Recorder): Promise<string> => {
  const { node, arm, pace, signal } = order
  const warm = performance.now() + durationMs(pace.warmup)
  await waitFor({ what: 'the warm-up to be over', deadlineMs: durationMs(pace.warmup) + 1000, everyMs: 50, signal }, async () =>
    performance.now() >= warm ? { value: undefined } : { notYet: 'warming up' },
  )
  recorder.pull()
  if (arm.triggered.length > 0) {
    recorder.act('trigger')
    await applyInNamespace(node.kube, arm.triggered, arm.namespace)
  }
  const todo = new Set(arm.steps)
  const deadlineMs = durationMs(pace.window)
  return waitFor({ what: 'the end of the episode', deadlineMs: deadlineMs + 30_000, signal }, async () => {
    for (const step of [...todo].filter(({ when }) => recorder.hasCome(when))) {
      todo.delete(step)
      recorder.act(step.what)
      await doStep(order, step, recorder)
    }
    const end = arm.until.find((moment) => recorder.hasCome(moment))
    if (end) return { value: momentWords(end) }
    return recorder.nowMs() >= deadlineMs ? { value: `its deadline of ${pace.window}` } : { notYet: `${recorder.nowMs()} ms` }
  })
}

const doStep = async ({ node, arm }: EpisodeOrder, step: Step, recorder: Recorder): Promise<void> => {
  if (step.apply) await applyInNamespace(node.kube, arm.objectsOf(step.apply), arm.namespace)
  const { pods, are } = step.delete ?? {}
  const meant = recorder
    .lanes()
    .filter(({ kind, group, states }) => kind === 'pod' && group === pods && states.at(-1)?.state === are)
  for (const { name } of meant)
    await remove(node.kube, { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: arm.namespace } })
}

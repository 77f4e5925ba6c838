// An exercise with episodes: the incident happens on its own node, and a check repeats it on the learner's system.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { remove } from '../kube/apply.ts'
import { nameOf } from '../kube/client.ts'
import type { Manifest } from '../kube/client.ts'
import { namespaceEvidence } from '../kube/events.ts'
import { applyInNamespace, removeNamespaces } from '../kube/namespace.ts'
import { stopWorkloads } from '../kube/stop-workloads.ts'
import type { StoppedWorkloads } from '../kube/stop-workloads.ts'
import { deploymentsReady } from '../kube/workloads-ready.ts'
import { uninterrupted } from '../measure/cleanup.ts'
import { describeScenario } from '../measure/describe.ts'
import { act } from '../measure/episode/act.ts'
import { playEpisode, runEpisode, settled, undoEpisode } from '../measure/episode/episode.ts'
import type { EpisodeBench, EpisodeTask } from '../measure/episode/episode.ts'
import { episodeArm } from '../measure/episode/episode-arm.ts'
import type { EpisodeArm } from '../measure/episode/episode-arm.ts'
import { episodeMethod } from '../measure/episode/episode-method.ts'
import type { EpisodeNode } from '../measure/episode/episode-node.ts'
import { allOrNone, thenCleanUp } from '../side-by-side.ts'
import type { Exercise } from '../model/exercise.ts'
import { LabError } from '../model/lab-error.ts'
import { uncounted } from '../model/phase.ts'
import type { SmallNode } from '../model/run.ts'
import { armOfKind } from '../model/scenario.ts'
import type { EpisodeTrial, Scenario } from '../model/scenario.ts'
import { isValid } from '../model/trial.ts'
import type { Trial } from '../model/trial.ts'
import type { Work } from '../model/work.ts'
import { floorMs } from '../design/floor.ts'
import { findProbes } from '../probe/kit/find-probe.ts'
import { startRecorder } from '../recorder/recorder.ts'
import { episodeManifests, readScenarioFiles } from '../scenario/arm-manifests.ts'
import { momentWords } from '../timeline/is-reached.ts'
import { openNamespace } from './access.ts'
import { didNotOccur, doesNotStart } from './does-not-start.ts'
import { knownRemedies } from './known-remedies.ts'
import { repairText, withChanges, withLearner } from './learner-arm.ts'
import { learnerArm, namespace } from './staged.ts'
import type { Staged, Staging } from './staged.ts'

type Story = NonNullable<Exercise['story']>

/** Its order is known only when a check is described. */
type Played = Omit<Trial, 'order'>

export const stageEpisode = async (staging: Staging, trial: EpisodeTrial, { broken, check }: Story): Promise<Staged> => {
  const { cluster, testbed, loaded, exercise, cleanup, emit } = staging
  const { kube, images } = cluster
  const pace = trial.quick
  const scenario = asExercise(loaded.scenario, check)
  const arms = { ...loaded.scenario.arms, ...scenario.arms }
  const files = await readScenarioFiles(loaded.folder, { arms, trial }, pace.difference)
  const scripts = await Promise.all(
    check.before.map(async ({ run, args }) => ({ file: run, args, text: await readFile(join(loaded.folder, run), 'utf8') })),
  )
  const [control, incident] = [armOfKind(scenario, 'control'), armOfKind(scenario, 'incident')]
  const probes = await findProbes(scenario.probes, loaded.folder)
  const [mine, ...others] = testbed.nodes.map((node): EpisodeNode => ({ ...node, kube, signal: uninterrupted }))
  if (!mine || others.length === 0)
    throw new LabError('This exercise needs two worker nodes: one for the learner, one to compare with', {
      exit: 'cannotRun',
      next: '`lab down`, then start it again with --workers 3',
    })
  const small = new Map<string, SmallNode>()
  let references: readonly Played[] = []
  /** Workloads stopped for a check; null: none. */
  let standing: StoppedWorkloads | null = null

  const makeReady = async (node: EpisodeNode): Promise<void> => {
    if (small.has(node.name)) return
    cleanup.add(`restore ${node.name}`, async () => {
      await thenCleanUp(
        () => removeNamespaces(kube, uninterrupted), // a running container would still log to the disk that is removed
        () => node.restore(uninterrupted),
      )
    })
    small.set(node.name, await node.prepare(trial.node, pace.addresses, node.signal))
  }
  const armOn = (node: EpisodeNode, name: string): EpisodeArm => episodeArm(scenario, trial, files, name, node.name, images)
  const bench: EpisodeBench = {
    testbed,
    emit,
    withCpuPriority: (_node, work) => work(),
    withSetupSlot: (work) => work(),
  }
  const task = (node: EpisodeNode, arm: EpisodeArm): EpisodeTask => {
    const planned = { arm: arm.name, replica: 0, block: 0, floorMs: floorMs(scenario, arm.name, 'quick') }
    return { slug: scenario.slug, planned, node, arm, trial, pace, probes, timePhase: uncounted }
  }
  const runScripts = async (signal: AbortSignal): Promise<void> => {
    for (const script of scripts) await testbed.script({ ...script, namespace }, signal)
  }

  /** Stops all workloads, removes leftovers of the incident, and restarts: returns the arm whose trigger repeats the incident. */
  const rewind = async (node: EpisodeNode, arm: EpisodeArm): Promise<EpisodeArm> => {
    const { signal } = node
    await runScripts(signal)
    if (scripts.length > 0) await deploymentsReady(kube, namespace, signal).catch(doesNotStart)
    const brought = trial.steps.flatMap(({ apply: file }) => (file ? arm.objectsOf(file) : []))
    for (const object of brought) await remove(kube, inNamespace(object))
    const still = await stopWorkloads(kube, namespace, signal)
    standing = still
    await node.empty(signal)
    const triggered = arm.trigger?.objects ?? []
    const isTriggered = (name: string): boolean => triggered.some((object) => nameOf(object) === name)
    const isJob = (name: string): boolean => name.startsWith('Job/')
    await still.start((name) => !isTriggered(name) && !isJob(name))
    await deploymentsReady(kube, namespace, signal).catch(doesNotStart)
    await still.start((name) => !isTriggered(name) && isJob(name))
    if (!arm.trigger) return arm
    const lacking = triggered.filter((object) => !still.names.has(nameOf(object)))
    return { ...arm, trigger: { ...arm.trigger, objects: lacking, start: () => still.start(isTriggered, 1) } } // scaling the cause to 0 is no repair
  }

  const playNow = async ({ step, signal }: Work): Promise<Played> => {
    standing = null
    const node = { ...mine, signal }
    const asked = { ...armOn(node, learnerArm), namespace }
    const arm = await step('go back to before the incident', async () => {
      if ('again' in check) return rewind(node, asked)
      await runScripts(signal)
      return { ...asked, trigger: null, steps: check.steps, until: check.until }
    })
    const order = task(node, arm)
    const title = 'again' in check ? 'repeat the incident on your system' : 'test the current state'
    const found = await step(title, () =>
      playEpisode(bench, order, async (recorder) => {
        if ('again' in check) await settled(order, recorder).catch(doesNotStart)
      }),
    )
    return found
  }

  /** An interrupted check restarts everything. */
  const playLearners = async (work: Work): Promise<Played> => {
    try {
      return await playNow(work)
    } catch (error) {
      await standing?.start(() => true)
      throw error
    }
  }

  const playReference = async ({ signal }: Work, node: EpisodeNode, name: string): Promise<Played> => {
    const access = { ...node, signal }
    await makeReady(access)
    const arm = armOn(access, name)
    return thenCleanUp(
      () => runEpisode(bench, task(access, arm)),
      () => undoEpisode({ ...access, signal: uninterrupted }, arm.namespace),
    )
  }

  /** Measures control and the incident once for all checks: each on its own node, or one after the other. */
  const compareWith = async (work: Work): Promise<readonly Played[]> => {
    const known = references.filter(isValid)
    const lacking = [control, incident].filter((name) => known.every(({ arm }) => arm !== name))
    const found = await allOrNone(work.signal, (signal) =>
      others.map(async (node, index) => {
        const own: Played[] = []
        for (const name of lacking.filter((_, place) => place % others.length === index))
          own.push(await undisturbed(() => playReference({ ...work, signal }, node, name)))
        return own
      }),
    )
    return [...known, ...found.flat()]
  }

  return {
    node: mine.name,
    known: knownRemedies(loaded.scenario, (arm) => {
      const { deployed, triggered } = episodeManifests(files, arm, trial.trigger, images)
      return [...deployed, ...triggered]
    }),
    rateRps: () => trial.load.rateRps,
    breakIt: async ({ step, signal }) => {
      const node = { ...mine, signal }
      if (small.has(node.name)) await step('remove the learner’s objects', () => undoEpisode(node, namespace))
      else await step(`make ready ${node.name}`, () => makeReady(node))
      const arm = { ...armOn(node, incident), namespace, until: [broken] }
      const atOnce = { ...task(node, arm), pace: { ...pace, warmup: '0s' } } // nothing is measured
      const found = await step('deploy it and trigger the incident', () => runEpisode(bench, atOnce))
      if (found.timeline?.ended !== momentWords(broken))
        throw didNotOccur({
          waitedFor: momentWords(broken),
          window: pace.window,
          ended: found.timeline?.ended,
          evidence: await namespaceEvidence(kube, namespace).catch(() => []), // the other lines say enough
          ...found,
        })
      await openNamespace(cluster)
      return found.proof
    },
    measure: async (work, changes) => {
      const [own, compared] = await allOrNone(work.signal, (signal) => [
        undisturbed(() => playLearners({ ...work, signal })).then((found) => [found]),
        compareWith({ ...work, signal }),
      ])
      references = compared ?? []
      return describeScenario({
        scenario,
        folder: loaded.folder,
        files: withChanges(files, changes),
        arms: Object.keys(scenario.arms),
        pace: { ...pace, blocks: 1 },
        rateRps: trial.load.rateRps,
        capacityRps: null,
        probes,
        trials: [...references, ...(own ?? [])].map((each, order) => ({ ...each, order })),
        episode: episodeMethod(scenario, trial, files, [...small.values()]),
        complete: true,
      })
    },
    solution: () => repairText(loaded.scenario, files, exercise.solution),
    repair: async ({ signal }) => {
      const node = { ...mine, signal }
      const arm = { ...episodeArm(loaded.scenario, trial, files, exercise.solution, node.name, images), namespace }
      const { difference } = loaded.scenario.arms[exercise.solution] ?? {}
      if (difference === undefined) {
        const recorder = await startRecorder(kube, namespace, node.name)
        const repair = async (): Promise<void> => {
          for (const each of loaded.scenario.arms[exercise.solution]?.steps ?? [])
            await act({ node, arm, testbed }, each, recorder)
        }
        return thenCleanUp(repair, recorder.stop)
      }
      const objects = [...arm.deployed, ...(arm.trigger?.objects ?? [])]
      for (const job of objects.filter(({ kind }) => kind === 'Job')) await remove(kube, inNamespace(job)) // a Job's pod template is immutable
      await applyInNamespace(kube, objects, namespace, signal)
    },
  }
}

/** Repeats it if other activity of the machine invalidated it. */
const undisturbed = async (play: () => Promise<Played>): Promise<Played> => {
  const first = await play()
  return isValid(first) ? first : play()
}

const inNamespace = (object: Manifest): Manifest => ({ ...object, metadata: { ...object.metadata, namespace } })

/** If the incident is not repeated, it needs no proof: the exercise proved it at its start. */
const asExercise = (scenario: Scenario, check: Story['check']): Scenario => {
  if ('again' in check) {
    const { steps = [], until: own } = scenario.arms[check.again] ?? {}
    const until = check.until ?? own
    return withLearner(scenario, { steps, ...(until ? { until } : {}) })
  }
  const { fault = [], fixed = [], ...others } = scenario.expect
  const showsNoFault = fixed.filter((rule) => !fault.some((shown) => isDeepStrictEqual(rule, shown)))
  return {
    ...withLearner(scenario, { steps: check.steps, until: check.until }),
    expect: { ...others, fault, fixed: showsNoFault },
  }
}

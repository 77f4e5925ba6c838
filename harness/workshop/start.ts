// The process of an exercise: cluster, incident, load, and the server for the other commands; cleans up at the end.
import { rm } from 'node:fs/promises'
import * as z from 'zod'
import type { Cluster, Provider } from '../cluster/provider.ts'
import { removeNamespaces } from '../kube/namespace.ts'
import { openPage } from '../live/open-page.ts'
import { Cleanup } from '../measure/cleanup.ts'
import { clusterFor } from '../measure/cluster-for.ts'
import { describeEnvironment } from '../measure/environment.ts'
import { partitionByFit } from '../measure/fit.ts'
import { abortOnHostPressure } from '../measure/host-pressure.ts'
import { restoreLeftOvers } from '../measure/left-behind.ts'
import type { Exercise } from '../model/exercise.ts'
import { LabError } from '../model/lab-error.ts'
import { uncounted } from '../model/phase.ts'
import type { Run } from '../model/run.ts'
import { armOfKind } from '../model/scenario.ts'
import type { Work } from '../model/work.ts'
import { exerciseKubeconfigPath } from '../places.ts'
import { loadExercise } from '../scenario/load-exercise.ts'
import type { ChosenScenario, LoadedScenario } from '../model/scenario.ts'
import { giveAccess } from './access.ts'
import { publish } from './ask.ts'
import { stageEpisode } from './episode-exercise.ts'
import { shownAs } from './learner-arm.ts'
import { openExercise } from './exercise.ts'
import { watchForOthers } from './learner-objects.ts'
import type { OpenExercise } from './exercise.ts'
import type { ExerciseStatus } from './message.ts'
import { serve } from './server.ts'
import type { Answer } from './server.ts'
import type { Staged, Staging } from './staged.ts'
import { stageSteady } from './steady-exercise.ts'

export interface WorkshopOptions extends Work {
  readonly provider: Provider
  readonly loaded: LoadedScenario
  readonly learner: string
  readonly seed: number
  /** Folder of the record and of the checks' reports. */
  readonly out: string
  readonly offline: boolean
  readonly writeReport: (run: Run, folder: string) => Promise<void>
  /** Called at the end with cluster-wide objects that others created meanwhile: they stay. */
  readonly tellOthers: (objects: readonly string[]) => void
  /** Called when the incident has occurred; resolves when the learner is done. `signal` fires if another command ends the exercise. */
  readonly learn: (ready: Ready, signal: AbortSignal) => Promise<void>
}

export interface Ready {
  readonly standing: ExerciseStatus
  /** The learner's. */
  readonly kubeconfig: string
  readonly copyKubectl: Cluster['copyKubectl']
}

/** What an exercise needs of its scenario: control, incident and the repair that `lab workshop solution` shows. */
export const armsOfExercise = (loaded: LoadedScenario, { solution }: Exercise): ChosenScenario => ({
  loaded,
  arms: [armOfKind(loaded.scenario, 'control'), armOfKind(loaded.scenario, 'incident'), solution],
})

/** Returns what clean-up could not undo, in words. */
export const runExercise = async (options: WorkshopOptions): Promise<readonly string[]> => {
  const { provider, step } = options
  const cleanup = new Cleanup()
  const ended = new AbortController()
  const stop = AbortSignal.any([options.signal, ended.signal])
  let error: unknown
  try {
    await abortOnHostPressure(provider, stop, (signal) => hold({ ...options, signal }, cleanup, () => ended.abort()))
  } catch (thrown) {
    error = thrown
  }
  const leftBehind = await step('clean up', () => cleanup.run())
  if (error !== undefined && !ended.signal.aborted) throw error
  return leftBehind
}

const hold = async (options: WorkshopOptions, cleanup: Cleanup, end: () => void): Promise<void> => {
  const { provider, loaded, learner, seed, out, step, signal, writeReport, tellOthers } = options
  const { scenario } = loaded
  const exercise = await loadExercise(loaded)
  const { unfit } = await partitionByFit(provider, [{ loaded }])
  for (const refusal of unfit.values()) throw refusal
  const wanted = { ...options, platform: undefined, kubernetes: undefined, workers: undefined, replace: false, keep: false }
  const { cluster, removeOnExit } = await clusterFor(wanted, [armsOfExercise(loaded, exercise)], cleanup, uncounted)
  await step('remove leftovers', async () => {
    await restoreLeftOvers(cluster, signal)
    await removeNamespaces(cluster.kube, signal)
  })
  const othersThere = await watchForOthers(cluster.kube)
  if (!removeOnExit) cleanup.add('list objects of others', async () => tellOthers(await othersThere()))
  const testbed = await cluster.open()
  cleanup.add('close the testbed', async () => testbed.close())
  const page = await openPage(0)
  cleanup.add('stop the live page', () => page.end('The exercise is over.'))
  page.emit({
    type: 'run-begins',
    startedAt: new Date().toISOString(),
    mode: 'exercise',
    kubernetes: (await describeEnvironment(cluster)).kubernetes,
    scenarios: [shownAs(learner, exercise.pager, scenario)],
  })
  const staging: Staging = {
    cluster,
    testbed,
    loaded,
    exercise,
    cleanup,
    emit: page.emit,
  }
  const staged = await stage(staging, seed)

  const kubeconfig = exerciseKubeconfigPath()
  cleanup.add("remove the learner's kubeconfig", () => rm(kubeconfig, { force: true }))
  await giveAccess(cluster, exercise, kubeconfig)
  let open: OpenExercise | undefined
  const server = await serve(
    answers(() => open, end),
    signal,
  )
  cleanup.add('stop answering', () => server.close())
  const revertScript = await publish({ pid: process.pid, port: server.port, token: server.token })
  cleanup.add('remove the address', revertScript)
  open = await openExercise(
    { cluster, scenario, exercise, staged, learner, seed, out, writeReport, emit: page.emit, live: page.address },
    { step, signal },
  )
  cleanup.add('stop the load', open.close)
  await options.learn({ standing: open.standing(), kubeconfig, copyKubectl: cluster.copyKubectl }, signal)
}

const stage = (staging: Staging, seed: number): Promise<Staged> => {
  const { trial } = staging.loaded.scenario
  if (trial.kind === 'steady') return stageSteady(staging, trial, seed)
  const { story } = staging.exercise
  if (!story) throw new Error('an exercise of an episode has a story')
  return stageEpisode(staging, trial, story)
}

/** Requests of the other commands. `open`: the exercise; undefined: its incident has not occurred yet. */
export const answers = (open: () => OpenExercise | undefined, end: () => void): Readonly<Record<string, Answer>> => {
  const exercise = (): OpenExercise => open() ?? stillBeingMade()
  return {
    standing: async () => exercise().standing(),
    check: (work) => exercise().check(work),
    hint: () => exercise().hint(),
    solution: (work, question) => exercise().solution(work, z.strictObject({ apply: z.boolean() }).parse(question).apply),
    reset: (work) => exercise().reset(work),
    end: async () => {
      setImmediate(end) // after this response is sent
    },
  }
}

const stillBeingMade = (): never => {
  throw new LabError('The incident is still being set up', {
    exit: 'usage',
    next: 'wait until `lab workshop start` shows the pager',
  })
}

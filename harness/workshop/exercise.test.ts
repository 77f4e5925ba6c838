// The commands of a learner who broke more than the incident did: what each refuses, on an API server in miniature.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { noEvents } from '../events/emit.ts'
import { apply, remove } from '../kube/apply.ts'
import type { Kube } from '../kube/client.ts'
import type { Exercise } from '../model/exercise.ts'
import type { LoadedScenario } from '../model/scenario.ts'
import { loadExercise } from '../scenario/load-exercise.ts'
import { chooseScenarios } from '../scenario/load-scenarios.ts'
import { quietWork } from '../test/fixtures/quiet-work.ts'
import { smallApiServer, unreachable } from '../test/fixtures/small-api-server.ts'
import { smallCluster } from '../test/fixtures/small-cluster.ts'
import { openExercise } from './exercise.ts'
import type { OpenExercise } from './exercise.ts'
import { namespace } from './staged.ts'
import type { Staged } from './staged.ts'

let loaded: LoadedScenario
let texts: Exercise
beforeAll(async () => {
  ;[loaded] = (await chooseScenarios(['http2-hot-pod'])) as [LoadedScenario]
  texts = await loadExercise(loaded)
})

const ofExercise = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }
const podOf = (app: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: app, namespace, labels: { app } } })

/** An exercise whose incident has occurred, and its cluster. Whatever measures is an error: nothing here may be measured. */
const opened = async (): Promise<{ exercise: OpenExercise; kube: Kube }> => {
  const kube = await smallApiServer('mine')
  await apply(kube, [ofExercise])
  const staged = { node: null, known: [], breakIt: async () => ['one pod is hot'], rateRps: () => 1 } satisfies Partial<Staged>
  const exercise = await openExercise(
    {
      cluster: smallCluster(kube),
      scenario: loaded.scenario,
      exercise: texts,
      staged: staged as unknown as Staged,
      learner: 'anna',
      seed: 1,
      out: await mkdtemp(join(tmpdir(), 'lab-exercise-')),
      writeReport: async () => {},
      emit: noEvents,
      live: '',
    },
    quietWork,
  )
  onTestFinished(exercise.close)
  return { exercise, kube }
}

const next = expect.stringContaining('`lab workshop reset`') as unknown

test('a check names the pods that it needs and that are missing: the client first, then the server', async () => {
  const { exercise, kube } = await opened()
  await expect(exercise.check(quietWork)).rejects.toMatchObject({
    message: 'The client is missing',
    exit: 'usage',
    details: { why: 'no pod of lab-exercise has the label app=client', next },
  })
  await apply(kube, [podOf('client')])
  await expect(exercise.check(quietWork)).rejects.toMatchObject({
    message: 'The server is missing',
    exit: 'usage',
    details: { why: 'no pod of lab-exercise has the label app=server', next },
  })
})

test('a check of a namespace that is being deleted, or is gone, is refused with the command that restores it', async () => {
  const { exercise, kube } = await opened()
  const deletionTimestamp = new Date().toISOString()
  await apply(kube, [{ ...ofExercise, metadata: { name: namespace, deletionTimestamp } } as never])
  await expect(exercise.check(quietWork)).rejects.toMatchObject({
    message: 'The namespace lab-exercise is being deleted',
    exit: 'usage',
    details: { next },
  })
  await remove(kube, ofExercise)
  await expect(exercise.check(quietWork)).rejects.toMatchObject({
    message: 'The namespace lab-exercise is gone',
    exit: 'usage',
    details: { next },
  })
})

test('a cluster that does not answer is not blamed on the learner', async () => {
  const { exercise, kube } = await opened()
  const { core } = await unreachable()
  Object.assign(kube, { core })
  await expect(exercise.check(quietWork)).rejects.toMatchObject({
    message: 'The cluster does not answer',
    exit: 'cannotRun',
    details: {
      why: expect.stringContaining('ECONNREFUSED') as unknown,
      next: expect.stringContaining('`lab workshop end`') as unknown,
    },
  })
})

test('after the last hint there is the solution', async () => {
  const { exercise } = await opened()
  for (const [index, hint] of texts.hints.entries()) expect(await exercise.hint()).toEqual({ hint, number: index + 1 })
  await expect(exercise.hint()).rejects.toMatchObject({
    message: 'There are no more hints',
    exit: 'usage',
    details: { next: expect.stringContaining('`lab workshop solution`') as unknown },
  })
})

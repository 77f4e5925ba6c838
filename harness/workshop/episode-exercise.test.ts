import { expect, test } from 'vitest'
import { noEvents } from '../events/emit.ts'
import { apply } from '../kube/apply.ts'
import { Cleanup } from '../measure/cleanup.ts'
import type { EpisodeTrial } from '../model/scenario.ts'
import { loadExercise } from '../scenario/load-exercise.ts'
import { chooseScenarios } from '../scenario/load-scenarios.ts'
import { smallApiServer } from '../test/fixtures/small-api-server.ts'
import { smallCluster } from '../test/fixtures/small-cluster.ts'
import { stageEpisode } from './episode-exercise.ts'
import type { Staging } from './staged.ts'

test('an exercise of an episode needs a second worker to compare with: on a cluster with one, nothing is deployed', async () => {
  const [loaded] = await chooseScenarios(['missing-priority-class'])
  if (!loaded) throw new Error('there is no missing-priority-class')
  const { story, ...exercise } = await loadExercise(loaded)
  if (!story) throw new Error('it has no story')
  const kube = await smallApiServer('mine')
  await apply(kube, [{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'lab-worker' } }])
  const cluster = smallCluster(kube)
  const cleanup = new Cleanup()
  const staging: Staging = {
    cluster,
    testbed: await cluster.open(),
    loaded,
    exercise: { ...exercise, story },
    cleanup,
    emit: noEvents,
  }
  await expect(stageEpisode(staging, loaded.scenario.trial as EpisodeTrial, story)).rejects.toMatchObject({
    message: 'This exercise needs two worker nodes: one for the learner, one to compare with',
    exit: 'cannotRun',
    details: { next: expect.stringMatching(/^`lab down`.* --workers 3/) as unknown },
  })
  expect(await cleanup.run()).toEqual([])
})

// Whose the objects outside of the namespace are that appear during an exercise: the API server knows.
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Cluster } from '../../cluster/provider.ts'
import { apply, remove } from '../../kube/apply.ts'
import { connect } from '../../kube/client.ts'
import { labelsOf, removeNamespaces } from '../../kube/namespace.ts'
import { loadExercise } from '../../scenario/load-exercise.ts'
import { loadScenarios } from '../../scenario/load-scenarios.ts'
import { giveAccess } from '../../workshop/access.ts'
import { watchForOthers } from '../../workshop/learner-objects.ts'
import { never, nodeState, sharedKube, temporaryFolder } from './support.ts'

const priorityClass = (name: string) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value: 7,
})
const volume = (name: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name, labels: { of: 'somebody' } },
  spec: { capacity: { storage: '1Mi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/nowhere' } },
})

afterAll(() => removeNamespaces(sharedKube(), never))

test.each([
  ['missing-priority-class', priorityClass],
  ['log-flood-disk-pressure', volume],
])(
  '%s: what the learner’s account makes outside of the namespace is removed; what an admin makes meanwhile is listed, and stays',
  async (slug, make) => {
    const before = await nodeState()
    const kube = sharedKube()
    const loaded = (await loadScenarios()).find(({ scenario }) => scenario.slug === slug)
    if (!loaded) throw new Error(`there is no scenario ${slug}`)
    const others = await watchForOthers(kube)
    const file = join(await temporaryFolder(), 'kubeconfig')
    await giveAccess({ kube } as Cluster, await loadExercise(loaded), file)
    const learner = connect(file)
    const made = make('lab-test-learners')
    await expect
      .poll(
        async () => {
          await remove(learner, made) // the API server takes a moment to know a new policy
          await apply(learner, [made])
          return (await kube.objects.read(made)).metadata?.labels
        },
        { timeout: 30_000 },
      )
      .toMatchObject(labelsOf(kube))
    const theirs = make('lab-test-theirs')
    await apply(kube, [theirs])
    expect(await others()).toEqual([`${theirs.kind} lab-test-theirs`])
    await removeNamespaces(kube, never)
    await expect(kube.objects.read(made)).rejects.toMatchObject({ code: 404 })
    expect((await kube.objects.read(theirs)).metadata?.labels ?? {}).not.toHaveProperty('incident-lab/owner')
    await remove(kube, theirs)
    await expect.poll(nodeState, { timeout: 30_000 }).toEqual(before)
  },
)

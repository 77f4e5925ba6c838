// Objects of others in the lab's cluster, and objects of a scenario that clean-up would not find: the first stay as they are, the second are not made.
import { afterAll, expect, test } from 'vitest'
import { apply, remove } from '../../kube/apply.ts'
import { applyInNamespace, createNamespace, removeNamespaces } from '../../kube/namespace.ts'
import { never, sharedKube } from './support.ts'

afterAll(() => removeNamespaces(sharedKube(), never))

test('a PriorityClass of others is neither changed nor removed', async () => {
  const kube = sharedKube()
  const theirs = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'theirs' }, value: 7 }
  await apply(kube, [theirs])
  await createNamespace(kube, 'lab-test-ours')
  const ours = { ...theirs, metadata: { name: 'theirs', annotations: { ours: 'yes' } } }
  await expect(applyInNamespace(kube, [ours], 'lab-test-ours')).rejects.toMatchObject({
    message: 'A PriorityClass named theirs exists that the lab did not create',
  })
  await removeNamespaces(kube, never)
  const { metadata: found } = await kube.objects.read(theirs)
  expect([found?.labels, found?.annotations]).toEqual([undefined, undefined])
  await remove(kube, theirs)
})

test('what others labelled as the lab does is not removed with what the lab made', async () => {
  const kube = sharedKube()
  const labels = { 'app.kubernetes.io/managed-by': 'kubernetes-incident-lab' }
  const theirs = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'theirs', labels }, value: 7 }
  await apply(kube, [theirs])
  await removeNamespaces(kube, never)
  expect((await kube.objects.read(theirs)).metadata?.labels).toEqual(labels)
  await remove(kube, theirs)
})

test.each([
  [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stray', namespace: 'default' } }, 'outside of the namespace'],
  [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'stray' }, provisioner: 'x' }, 'is cluster-wide'],
])('an object that clean-up would not find is refused before it is made: %o', async (stray, message) => {
  const kube = sharedKube()
  await createNamespace(kube, 'lab-test-stray')
  await expect(applyInNamespace(kube, [stray], 'lab-test-stray')).rejects.toMatchObject({
    exit: 'usage',
    message: expect.stringContaining(message) as string,
  })
  await expect(kube.objects.read(stray)).rejects.toMatchObject({ code: 404 })
  await removeNamespaces(kube, never)
})

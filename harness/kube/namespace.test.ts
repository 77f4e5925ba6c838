// Objects of others, of every cluster-wide kind that the lab creates: they stay unchanged.
import { KubernetesObjectApi } from '@kubernetes/client-node'
import type { KubernetesObject } from '@kubernetes/client-node'
import { expect, test, vi } from 'vitest'
import { smallApiServer } from '../test/fixtures/small-api-server.ts'
import { apply } from './apply.ts'
import { applyInNamespace, createNamespace, knownClusterWide, objectsOfLab, removeNamespaces } from './namespace.ts'

const never = new AbortController().signal

test('a namespace of others is neither changed nor removed', async () => {
  const kube = await smallApiServer('mine')
  await apply(kube, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'theirs' } }])
  const { metadata: before } = await kube.core.readNamespace({ name: 'theirs' })
  await expect(createNamespace(kube, 'theirs')).rejects.toMatchObject({ exit: 'cannotRun' })
  await removeNamespaces(kube, never)
  expect((await kube.core.readNamespace({ name: 'theirs' })).metadata).toEqual(before)
})

const groups = {
  PriorityClass: 'scheduling.k8s.io/v1',
  PersistentVolume: 'v1',
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
  MutatingAdmissionPolicy: 'admissionregistration.k8s.io/v1beta1',
  MutatingAdmissionPolicyBinding: 'admissionregistration.k8s.io/v1beta1',
  MutatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  ValidatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  APIService: 'apiregistration.k8s.io/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
}

test('a namespace that others create at the same moment is refused, and stays as it is', async () => {
  const kube = await smallApiServer('mine')
  const others = { ...kube, objects: KubernetesObjectApi.makeApiClient(kube.config) }
  for (const write of ['create', 'patch'] as const) {
    const send = kube.objects[write].bind(kube.objects) as (...words: readonly unknown[]) => Promise<KubernetesObject>
    vi.spyOn(kube.objects, write).mockImplementation(async (...words: readonly unknown[]) => {
      await apply(others, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'theirs' } }])
      return send(...words)
    })
  }
  await expect(createNamespace(kube, 'theirs')).rejects.toMatchObject({ exit: 'cannotRun' })
  expect((await kube.core.readNamespace({ name: 'theirs' })).metadata?.labels).toBeUndefined()
})

test('these are all kinds outside of a namespace that the lab makes and removes', () => {
  expect(Object.keys(groups)).toEqual(knownClusterWide)
})

test.each(Object.entries(groups))(
  'a %s of others is neither changed nor removed, and one of the lab’s own is',
  async (kind, apiVersion) => {
    const kube = await smallApiServer('mine')
    const theirs = { apiVersion, kind, metadata: { name: 'theirs' } }
    await apply(kube, [theirs])
    const { metadata: before } = await kube.objects.read(theirs)
    await createNamespace(kube, 'arm')
    const changed = { ...theirs, metadata: { name: 'theirs', annotations: { ours: 'yes' } } }
    await expect(applyInNamespace(kube, [changed], 'arm')).rejects.toMatchObject({
      message: `A ${kind} named theirs exists that the lab did not create`,
      exit: 'cannotRun',
    })
    await applyInNamespace(kube, [{ ...theirs, metadata: { name: 'ours' } }], 'arm')
    expect(await objectsOfLab(kube)).toEqual(['Namespace arm', `${kind} ours`])
    await removeNamespaces(kube, never)
    expect(await objectsOfLab(kube)).toEqual([])
    expect((await kube.objects.read(theirs)).metadata).toEqual(before)
  },
)

test('what another lab made is not removed', async () => {
  const kube = await smallApiServer('mine')
  const labels = { 'app.kubernetes.io/managed-by': 'kubernetes-incident-lab', 'incident-lab/owner': 'another' }
  const theirs = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'theirs', labels } }
  await apply(kube, [theirs])
  await removeNamespaces(kube, never)
  expect((await kube.objects.read(theirs)).metadata?.labels).toEqual(labels)
})

test('objects for another namespace than their arm’s are refused: clean-up would not find them', async () => {
  const kube = await smallApiServer('mine')
  await createNamespace(kube, 'arm')
  const stray = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stray', namespace: 'default' } }
  await expect(applyInNamespace(kube, [stray], 'arm')).rejects.toMatchObject({
    message: 'Manifests create objects outside of the namespace of their arm',
    details: { evidence: ['ConfigMap/stray in default'] },
  })
})

test('an object outside of namespaces whose kind clean-up does not know is refused before it is made, and the kinds that it knows are named', async () => {
  const kube = await smallApiServer('mine')
  await createNamespace(kube, 'arm')
  const disk = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' } }
  await expect(applyInNamespace(kube, [disk], 'arm')).rejects.toMatchObject({
    message: 'StorageClass/fast is cluster-wide, and clean-up does not know its kind',
    exit: 'usage',
    details: { next: `omit it; clean-up knows ${knownClusterWide.join(', ')}` },
  })
  await expect(kube.objects.read(disk)).rejects.toMatchObject({ code: 404 })
})

test('what the API server refuses is named, with what it said', async () => {
  const kube = await smallApiServer('mine')
  const removed = { apiVersion: 'autoscaling/v2beta2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' } }
  await expect(apply(kube, [removed])).rejects.toMatchObject({
    message: 'The API server refused HorizontalPodAutoscaler/web',
    details: { why: '404 the server could not find the requested resource' },
  })
})

// Namespaces are made for one arm, admitted under a PodSecurity level, and removed whole; so is what an arm has outside of them.
import type { V1MutatingWebhook, V1MutatingWebhookConfiguration, V1Namespace } from '@kubernetes/client-node'
import { apply, remove } from './apply.ts'
import type { Kube, Manifest } from './client.ts'
import { LabError } from '../model/lab-error.ts'
import { heldPods, setFinalizers } from './finalizers.ts'
import { mergePatch } from './merge-patch.ts'
import { listObjects, waitForObjects } from './watch.ts'
import type { Selection } from './watch.ts'

const mark = { 'app.kubernetes.io/managed-by': 'kubernetes-incident-lab' }
const selection = { apiVersion: 'v1', kind: 'Namespace', labelSelector: 'app.kubernetes.io/managed-by=kubernetes-incident-lab' }

/** Kinds of objects of an arm that lie in no namespace. */
const clusterWide = [
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' },
  { apiVersion: 'v1', kind: 'PersistentVolume' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' },
]

/** They go first: one whose server is gone already would refuse what comes after. */
const webhooks = [
  { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration' },
  { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration' },
]

/** The same for all arms that have it: it goes when all of them are gone. */
const shared = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }

const ownedBy = 'incident-lab/namespace'

const namespaceObject = (name: string, labels: Readonly<Record<string, string>> = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { ...labels, ...mark } },
})

/** `labels` win over the PodSecurity level. One of that name that somebody else made is refused: the lab would remove it in the end. */
export const createNamespace = async (
  kube: Kube,
  name: string,
  podSecurity = 'restricted',
  labels: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const namespace = namespaceObject(name, { 'pod-security.kubernetes.io/enforce': podSecurity, ...labels })
  await refuseAnothers(kube, namespace)
  await apply(kube, [namespace])
}

const refuseAnothers = async (kube: Kube, { apiVersion = '', kind = '', metadata }: Manifest): Promise<void> => {
  const name = metadata?.name ?? ''
  const [found] = await listObjects(kube, { apiVersion, kind, fieldSelector: `metadata.name=${name}` })
  if (!found || isMarked(found)) return
  throw new LabError(`There is a ${kind} ${name} that the lab did not make`, {
    why: 'the lab would change it, and remove it in the end',
    next: 'remove it, or rename it',
    exit: 'cannotRun',
  })
}

const isMarked = ({ metadata }: Manifest): boolean =>
  Object.entries(mark).every(([label, value]) => metadata?.labels?.[label] === value)

/** Applies an arm's objects; those in no namespace get a label that says whose they are, and are refused where somebody else made one. */
export const applyInNamespace = async (
  kube: Kube,
  manifests: readonly Manifest[],
  namespace: string,
  signal?: AbortSignal,
): Promise<void> => {
  const objects = manifests.map((object) => owned(object, namespace))
  for (const object of objects.filter(isMarked)) await refuseAnothers(kube, object)
  await apply(kube, objects, namespace, undefined, signal)
}

const owned = (object: Manifest, namespace: string): Manifest => {
  if (object.kind === shared.kind) return labelled(object, mark)
  return [...clusterWide, ...webhooks].some(({ kind }) => kind === object.kind)
    ? labelled(object, { ...mark, [ownedBy]: namespace })
    : object
}

const labelled = (object: Manifest, labels: Readonly<Record<string, string>>): Manifest => ({
  ...object,
  metadata: { ...object.metadata, labels: { ...object.metadata?.labels, ...labels } },
})

/** The webhooks a namespace's objects serve. */
export const ownedWebhooks = async (kube: Kube, namespace: string): Promise<readonly V1MutatingWebhook[]> => {
  const selected = webhooks.map((each) => listObjects(kube, { ...each, labelSelector: `${ownedBy}=${namespace}` }))
  return (await Promise.all(selected)).flat().flatMap((object) => (object as V1MutatingWebhookConfiguration).webhooks ?? [])
}

/**
 * Removes a namespace with all that is the arm's, and waits until its pods are gone, whoever's finalizers they have. The namespace itself
 * takes some seconds more: its controller waits for 5 s before it begins.
 */
export const removeNamespace = async (kube: Kube, name: string, signal: AbortSignal): Promise<void> => {
  await removeClusterWide(kube, webhooks, `${ownedBy}=${name}`)
  await remove(kube, namespaceObject(name))
  await removeClusterWide(kube, clusterWide, `${ownedBy}=${name}`)
  await kube.core.deleteCollectionNamespacedPod({ namespace: name })
  await releasePods(kube, name)
  await allGone(kube, { apiVersion: 'v1', kind: 'Pod', namespace: name }, `the pods of ${name}`, signal)
}

/** Waits until a namespace that was removed is gone. */
export const namespaceGone = (kube: Kube, name: string, signal: AbortSignal): Promise<void> =>
  allGone(kube, selection, `the namespace ${name}`, signal, (left) => left === name)

/** Removes every namespace the lab made, those of a run that was cut off too, and waits until they are gone. */
export const removeNamespaces = async (kube: Kube, signal: AbortSignal): Promise<void> => {
  await removeClusterWide(kube, webhooks, selection.labelSelector)
  const names = (await listObjects(kube, selection)).map((each) => each.metadata?.name ?? '')
  for (const name of names) await remove(kube, namespaceObject(name))
  await Promise.all(names.map((name) => releasePods(kube, name)))
  await removeClusterWide(kube, clusterWide, selection.labelSelector)
  await allGone(kube, selection, "the lab's namespaces", signal)
  await removeClusterWide(kube, [shared], selection.labelSelector)
  await allGone(kube, { ...shared, labelSelector: selection.labelSelector }, "the lab's resource definitions", signal)
}

/** Names of all that `removeNamespaces` would remove: namespaces, and what lies in none. */
export const objectsOfLab = async (kube: Kube): Promise<string[]> => {
  const kinds = [selection, ...webhooks, ...clusterWide, shared]
  const { labelSelector } = selection
  const found = await Promise.all(kinds.map(({ apiVersion, kind }) => listObjects(kube, { apiVersion, kind, labelSelector })))
  return found.flatMap((objects, index) => objects.map(({ metadata }) => `${kinds[index]?.kind} ${metadata?.name}`))
}

/** No pod of a namespace that is being removed waits for somebody who may be gone already. No new one can be made there. */
const releasePods = async (kube: Kube, namespace: string): Promise<void> => {
  for (const pod of await heldPods(kube, namespace)) await setFinalizers(kube, namespace, pod, [])
}

const removeClusterWide = async (kube: Kube, kinds: readonly Selection[], labelSelector: string): Promise<void> => {
  for (const { apiVersion, kind } of kinds) {
    for (const { metadata } of await listObjects(kube, { apiVersion, kind, labelSelector }))
      await remove(kube, { apiVersion, kind, metadata: { name: metadata?.name ?? '' } })
  }
}

const allGone = (
  kube: Kube,
  objects: Selection,
  what: string,
  signal: AbortSignal,
  isMeant: (name: string) => boolean = () => true,
): Promise<void> =>
  waitForObjects<void>(kube, objects, { what: `${what} to be gone`, deadlineMs: 120_000, signal }, (all) => {
    const left = all.filter(({ metadata }) => isMeant(metadata?.name ?? ''))
    return left.length === 0 ? { value: undefined } : { notYet: `still there: ${left.map(nameAndHold).join(', ')}` }
  })

/** With what a namespace says of finalizers that keep it. */
const nameAndHold = (object: Manifest): string => {
  const { conditions = [] } = (object as V1Namespace).status ?? {}
  const held = conditions.find(({ type, status }) => type === 'NamespaceFinalizersRemaining' && status === 'True')
  return [object.metadata?.name, held?.message].filter(Boolean).join(': ')
}

/** Makes an object that somebody made in no namespace one of those that go with a namespace of the lab. */
export const adoptObject = (kube: Kube, { apiVersion = '', kind = '', metadata }: Manifest, namespace: string): Promise<void> =>
  mergePatch(kube, { apiVersion, kind, metadata: { name: metadata?.name ?? '', labels: { ...mark, [ownedBy]: namespace } } })

// Creates a namespace for one arm, under a PodSecurity level, and removes it completely, with the arm's cluster-wide objects.
import type {
  V1CustomResourceDefinition,
  V1MutatingWebhook,
  V1MutatingWebhookConfiguration,
  V1Namespace,
} from '@kubernetes/client-node'
import { apply, create, remove } from './apply.ts'
import { isNotFound, nameOf } from './client.ts'
import type { Kube, Manifest } from './client.ts'
import { LabError } from '../model/lab-error.ts'
import { heldPods, setFinalizers } from './finalizers.ts'
import { listObjects, waitForObjects } from './watch.ts'
import type { Selection } from './watch.ts'

/** The general label, which others may also use, and the label with this cluster's owner: the lab's objects have both. */
export const labelsOf = ({ owner }: Kube): Readonly<Record<string, string>> => {
  if (owner === null) throw new Error('through this connection the lab creates and removes nothing')
  return { 'app.kubernetes.io/managed-by': 'kubernetes-incident-lab', 'incident-lab/owner': owner }
}

const selectorOf = (kube: Kube): string =>
  Object.entries(labelsOf(kube))
    .map(([label, value]) => `${label}=${value}`)
    .join(',')

const namespaces = { apiVersion: 'v1', kind: 'Namespace' }

/** Cluster-wide kinds that an arm may create. */
const clusterWide = [
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' },
  { apiVersion: 'v1', kind: 'PersistentVolume' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' },
  { apiVersion: 'admissionregistration.k8s.io/v1beta1', kind: 'MutatingAdmissionPolicy' },
  { apiVersion: 'admissionregistration.k8s.io/v1beta1', kind: 'MutatingAdmissionPolicyBinding' },
]

const webhooks = [
  { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration' },
  { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration' },
]

/** Removed first: without their servers webhooks would reject later requests, and an APIService would keep namespaces from being removed. */
const served = [...webhooks, { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService' }]

/** Shared by all arms: removed when all of them are gone. */
const shared = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }

/** Cluster-wide kinds that clean-up removes. */
export const knownClusterWide: readonly string[] = [...clusterWide, ...served, shared].map(({ kind }) => kind)

/** Label of a cluster-wide object: the namespace of its arm. */
export const ownedBy = 'incident-lab/namespace'

const namespaceObject = (name: string, labels: Readonly<Record<string, string>> = {}): Manifest => ({
  ...namespaces,
  metadata: { name, labels },
})

/** `labels` override the PodSecurity level. Refuses a foreign namespace of that name: the lab would remove it at the end. */
export const createNamespace = async (
  kube: Kube,
  name: string,
  podSecurity = 'restricted',
  labels: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const namespace = namespaceObject(name, {
    'pod-security.kubernetes.io/enforce': podSecurity,
    ...labels,
    ...labelsOf(kube),
  })
  await applyOwn(kube, namespace)
}

/** Looks only after it tried to create the object: another program could create one between a look and an apply, which would take it over. */
const applyOwn = async (kube: Kube, object: Manifest, signal?: AbortSignal): Promise<void> => {
  if (await create(kube, object, signal)) return
  await requireOwnObject(kube, object)
  await apply(kube, [object], undefined, undefined, signal)
}

const requireOwnObject = async (kube: Kube, { apiVersion = '', kind = '', metadata }: Manifest): Promise<void> => {
  const name = metadata?.name ?? ''
  const [found] = await listObjects(kube, { apiVersion, kind, fieldSelector: `metadata.name=${name}` })
  if (!found || isMarked(kube, found)) return
  throw new LabError(`A ${kind} named ${name} exists that the lab did not create`, {
    why: 'the lab would change it, and remove it at the end',
    next: 'remove it, or rename it',
    exit: 'cannotRun',
  })
}

/** Whether the lab created it in this cluster. */
export const isMarked = (kube: Kube, { metadata }: Manifest): boolean =>
  Object.entries(labelsOf(kube)).every(([label, value]) => metadata?.labels?.[label] === value)

/**
 * Applies an arm's objects. Cluster-wide ones get an owner label, and are refused if a foreign one exists. An object for another
 * namespace is refused: no clean-up would find it.
 */
export const applyInNamespace = async (
  kube: Kube,
  manifests: readonly Manifest[],
  namespace: string,
  signal?: AbortSignal,
): Promise<void> => {
  const strays = manifests.filter(({ metadata }) => metadata?.namespace && metadata.namespace !== namespace)
  if (strays.length > 0)
    throw new LabError('Manifests create objects outside of the namespace of their arm', {
      why: 'clean-up removes that namespace, and would leave them',
      evidence: strays.map((object) => `${nameOf(object)} in ${object.metadata?.namespace}`),
      next: 'leave `metadata.namespace` out',
      exit: 'usage',
    })
  const objects = manifests.map((object) => owned(kube, object, namespace))
  for (const object of objects.filter((each) => isMarked(kube, each))) await requireOwnObject(kube, object)
  for (const object of objects) {
    await refuseUnknownClusterWide(kube, object)
    await (isMarked(kube, object) ? applyOwn(kube, object, signal) : apply(kube, [object], namespace, undefined, signal))
  }
}

/** Refuses cluster-wide kinds that clean-up does not know: their objects would stay. */
const refuseUnknownClusterWide = async (kube: Kube, object: Manifest): Promise<void> => {
  const { apiVersion = '', kind = '' } = object
  if (kind === 'Namespace' || knownClusterWide.includes(kind)) return
  const resource = await kube.objects['resource'](apiVersion, kind) // the client caches it for the apply
  if (resource?.namespaced !== false || (await isDefinedByLab(kube, object))) return
  throw new LabError(`${nameOf(object)} is cluster-wide, and clean-up does not know its kind`, {
    why: 'it would stay after the run',
    next: `omit it; clean-up knows ${knownClusterWide.join(', ')}`,
    exit: 'usage',
  })
}

/** Deleting a definition deletes its objects. */
const isDefinedByLab = async (kube: Kube, { apiVersion = '', kind }: Manifest): Promise<boolean> => {
  const own = await listObjects(kube, { ...shared, labelSelector: selectorOf(kube) })
  const named = own.map((each) => (each as Partial<V1CustomResourceDefinition>).spec)
  return named.some((spec) => spec?.names.kind === kind && spec?.group === apiVersion.split('/')[0])
}

const owned = (kube: Kube, object: Manifest, namespace: string): Manifest => {
  if (object.kind === shared.kind) return labelled(object, labelsOf(kube))
  return knownClusterWide.some((kind) => kind === object.kind)
    ? labelled(object, { ...labelsOf(kube), [ownedBy]: namespace })
    : object
}

const labelled = (object: Manifest, labels: Readonly<Record<string, string>>): Manifest => ({
  ...object,
  metadata: { ...object.metadata, labels: { ...object.metadata?.labels, ...labels } },
})

/** Webhooks served from a namespace. */
export const ownedWebhooks = async (kube: Kube, namespace: string): Promise<readonly V1MutatingWebhook[]> => {
  const selected = webhooks.map((each) => listObjects(kube, { ...each, labelSelector: `${ownedBy}=${namespace}` }))
  return (await Promise.all(selected)).flat().flatMap((object) => (object as V1MutatingWebhookConfiguration).webhooks ?? [])
}

/**
 * Removes a namespace with all objects of the arm, and waits until its pods are gone, whatever finalizers they have. The namespace itself
 * takes some seconds more: its controller waits for 5 s before it begins.
 */
export const removeNamespace = async (kube: Kube, name: string, signal: AbortSignal): Promise<void> => {
  const ofNamespace = `${selectorOf(kube)},${ownedBy}=${name}`
  await removeClusterWide(kube, served, ofNamespace)
  await remove(kube, namespaceObject(name))
  await removeClusterWide(kube, clusterWide, ofNamespace)
  await kube.core.deleteCollectionNamespacedPod({ namespace: name })
  await releasePods(kube, name)
  await allGone(kube, { apiVersion: 'v1', kind: 'Pod', namespace: name }, `the pods of ${name}`, signal)
}

/** Deletes an arm's objects and waits until its pods are gone. Its namespace stays: to wait for one to be removed takes some seconds more. */
export const removeObjects = async (
  kube: Kube,
  objects: readonly Manifest[],
  namespace: string,
  signal: AbortSignal,
): Promise<void> => {
  for (const object of objects.toReversed()) await remove(kube, { ...object, metadata: { ...object.metadata, namespace } })
  await allGone(kube, { apiVersion: 'v1', kind: 'Pod', namespace }, `the pods of ${namespace}`, signal)
}

/** Waits until a namespace that was removed is gone. */
export const namespaceGone = (kube: Kube, name: string, signal: AbortSignal): Promise<void> =>
  allGone(kube, { ...namespaces, labelSelector: selectorOf(kube) }, `the namespace ${name}`, signal, (left) => left === name)

/** Removes every namespace of the lab, including those of interrupted runs, and waits until they are gone. */
export const removeNamespaces = async (kube: Kube, signal: AbortSignal): Promise<void> => {
  const labelSelector = selectorOf(kube)
  const own = { ...namespaces, labelSelector }
  await removeClusterWide(kube, served, labelSelector)
  const names = (await listObjects(kube, own)).map((each) => each.metadata?.name ?? '')
  for (const name of names) await remove(kube, namespaceObject(name))
  await Promise.all(names.map((name) => releasePods(kube, name)))
  await removeClusterWide(kube, clusterWide, labelSelector)
  await allGone(kube, own, "the lab's namespaces", signal)
  await removeClusterWide(kube, [shared], labelSelector)
  await allGone(kube, { ...shared, labelSelector }, "the lab's resource definitions", signal)
}

/** Names of everything that `removeNamespaces` would remove: namespaces and cluster-wide objects. */
export const objectsOfLab = async (kube: Kube): Promise<string[]> => {
  const kinds = [namespaces, ...served, ...clusterWide, shared]
  const labelSelector = selectorOf(kube)
  const found = await Promise.all(kinds.map(({ apiVersion, kind }) => listServed(kube, { apiVersion, kind, labelSelector })))
  return found.flatMap((objects, index) => objects.map(({ metadata }) => `${kinds[index]?.kind} ${metadata?.name}`))
}

/** Empty for a kind that this cluster does not serve. */
const listServed = (kube: Kube, objects: Selection): Promise<readonly Manifest[]> =>
  listObjects(kube, objects).catch((error: unknown) => {
    if (isNotFound(error)) return []
    throw error
  })

/** Removes finalizers of pods in a terminating namespace, whose controllers may be gone. No new pod can appear there. */
const releasePods = async (kube: Kube, namespace: string): Promise<void> => {
  for (const pod of await heldPods(kube, namespace)) await setFinalizers(kube, namespace, pod, [])
}

const removeClusterWide = async (kube: Kube, kinds: readonly Selection[], labelSelector: string): Promise<void> => {
  for (const { apiVersion, kind } of kinds) {
    for (const { metadata } of await listServed(kube, { apiVersion, kind, labelSelector }))
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

/** Adds the namespace's condition about finalizers that block it. */
const nameAndHold = (object: Manifest): string => {
  const { conditions = [] } = (object as V1Namespace).status ?? {}
  const held = conditions.find(({ type, status }) => type === 'NamespaceFinalizersRemaining' && status === 'True')
  return [object.metadata?.name, held?.message].filter(Boolean).join(': ')
}

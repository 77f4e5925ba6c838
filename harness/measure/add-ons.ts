// Installs the add-ons of arms, and waits until they are ready.
import { readFile } from 'node:fs/promises'
import type { V1APIService } from '@kubernetes/client-node'
import { addOnNamespace, addOnsNamed } from '../artifact/add-on.ts'
import type { AddOn } from '../artifact/add-on.ts'
import type { Cluster } from '../cluster/provider.ts'
import type { Kube, Manifest } from '../kube/client.ts'
import { mergeObjects } from '../kube/merge.ts'
import { applyInNamespace, createNamespace, ownedWebhooks } from '../kube/namespace.ts'
import { waitFor } from '../kube/wait.ts'
import { waitForObjects } from '../kube/watch.ts'
import { deploymentsReady } from '../kube/workloads-ready.ts'
import type { Work } from '../model/work.ts'
import { parseManifests } from '../scenario/arm-manifests.ts'
import type { ChosenScenario } from '../model/scenario.ts'
import { unlessRefused } from './refused-configuration.ts'

/** The add-ons that the arms of these scenarios need, each once. */
export const addOnsOf = (scenarios: readonly ChosenScenario[]): Promise<readonly AddOn[]> =>
  addOnsNamed(scenarios.flatMap(({ loaded: { scenario }, arms }) => arms.flatMap((arm) => scenario.arms[arm]?.addOns ?? [])))

/** Images that the objects of these scenarios and of their add-ons name, besides the workload image. */
export const imagesNeeded = async (scenarios: readonly ChosenScenario[]): Promise<readonly string[]> => {
  const addOns = await addOnsOf(scenarios)
  return [...new Set([...scenarios.flatMap(({ loaded }) => loaded.scenario.images), ...addOns.flatMap(imagesOf)])]
}

/** Images an add-on's objects name. */
const imagesOf = ({ images, uses }: AddOn): string[] => [...images.map(({ name }) => name), ...uses]

/** Installs them one after the other, each ready before the next; they are removed with the lab's namespaces. */
export const installAddOns = async (work: Work, cluster: Cluster, addOns: readonly AddOn[]): Promise<void> => {
  for (const addOn of addOns) {
    const objects = await objectsOf(work, addOn, cluster)
    await work.step(`install ${addOn.title}`, () => install(work, cluster, addOnNamespace(addOn.name), objects))
  }
}

const install = async ({ signal }: Work, { kube }: Cluster, namespace: string, objects: readonly Manifest[]): Promise<void> => {
  const isApiService = ({ kind }: Manifest): boolean => kind === 'APIService'
  await createNamespace(kube, namespace, 'baseline')
  await applyInNamespace(
    kube,
    objects.filter((object) => !isApiService(object)),
    namespace,
    signal,
  )
  await unlessRefused(kube, [namespace], signal, (unlessOver) => deploymentsReady(kube, namespace, unlessOver, 180_000))
  await waitFor({ what: `the CA bundle of the webhooks in ${namespace}`, deadlineMs: 60_000, signal }, async () => {
    const distrusted = (await ownedWebhooks(kube, namespace)).filter(({ clientConfig }) => !clientConfig.caBundle)
    return distrusted.length === 0
      ? { value: undefined }
      : { notYet: `no caBundle: ${distrusted.map(({ name }) => name).join(', ')}` }
  })
  for (const object of objects.filter(isApiService)) await registerApi(kube, object, namespace, signal)
}

/**
 * Registers an API when its server is ready and every node knows its Service. Earlier, the API server would connect to an address that leads out of
 * the cluster, and keep that connection for later requests.
 */
const registerApi = async (kube: Kube, object: Manifest, namespace: string, signal: AbortSignal): Promise<void> => {
  const { apiVersion = '', kind = '', metadata } = object
  await applyInNamespace(kube, [object], namespace, signal)
  const wait = { what: `${metadata?.name} to be served`, deadlineMs: 60_000, signal }
  await waitForObjects<void>(kube, { apiVersion, kind, fieldSelector: `metadata.name=${metadata?.name}` }, wait, ([found]) => {
    const { conditions = [] } = (found as Partial<V1APIService> | undefined)?.status ?? {}
    const available = conditions.find(({ type }) => type === 'Available')
    return available?.status === 'True' ? { value: undefined } : { notYet: available?.message ?? 'it has no condition' }
  })
}

const objectsOf = async (work: Work, addOn: AddOn, { images, route }: Cluster): Promise<Manifest[]> => {
  const { name, difference } = addOn
  const read = (file: string, text: string): Manifest[] => parseManifests({ file, text })
  const pinned = images.reduce(
    (text, image) => text.replaceAll(`${image.name}:current`, image.reference),
    await addOn.manifests(work, addOnNamespace(name), route),
  )
  const changes = difference ? read(difference, await readFile(difference, 'utf8')) : []
  return mergeObjects(read(`the manifests of ${name}`, pinned), changes).filter(({ kind }) => kind !== 'Namespace')
}

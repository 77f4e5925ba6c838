// Which images a cluster gets, and by which of the two ways: a registry where one can be reached, else built here.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { addOns } from '../../artefact/add-on.ts'
import type { AddOn } from '../../artefact/add-on.ts'
import { buildCosts } from '../../artefact/build-costs.ts'
import { buildTogether } from '../../artefact/build-together.ts'
import { isCached } from '../../artefact/cache.ts'
import type { Artefact } from '../../artefact/cache.ts'
import { buildImage, hasImage, imageNames, ImageShape, pullImage } from '../../artefact/image.ts'
import type { BuiltImage, ImageSource, Route } from '../../artefact/image.ts'
import { resolveReference } from '../../artefact/image-reference.ts'
import { loadExport } from '../../extension.ts'
import { LabError } from '../../model/lab-error.ts'
import type { Build } from '../../model/build-cost.ts'
import type { Work } from '../../model/work.ts'
import { catalogue } from '../../../kind-configs/kubernetes.ts'
import type { Kubernetes } from '../../../kind-configs/kubernetes.ts'
import { nodeImage as buildNodeImage, nodeImageName } from '../../../kind-configs/node-image/build.ts'
import { programArtefacts } from '../../../kind-configs/node-image/programs.ts'
import { wholeDebian } from '../../../kind-configs/node-image/root-file-systems.ts'
import { repositoryRoot } from '../../places.ts'
import { canPull } from './registry.ts'
import { preloadedNodeImageName } from './preloaded-node-image.ts'

export const workloadImageName = 'incident-lab/workloads'

/** Registry or not, decided by asking: this is the only place. */
export const chooseRoute = async (forceOffline: boolean): Promise<Route> =>
  !forceOffline && (await (registry ??= resolveReference(catalogue[0].nodeImage).then(canPull))) ? 'registry' : 'offline'

/** Asked once: without a network the answer can take seconds. */
let registry: Promise<boolean> | undefined

export const nodeImage = async (work: Work, route: Route, kubernetes: Kubernetes): Promise<BuiltImage> => {
  if (route === 'registry')
    return { reference: await pullImage(work, await resolveReference(kubernetes.nodeImage)), from: 'pulled by digest' }
  return { reference: await buildNodeImage(work, kubernetes), from: 'built here from Go modules and Debian packages' }
}

/** The images of these names, ready in Docker. */
export const workloadImages = async (
  work: Work,
  route: Route,
  names: readonly string[],
): Promise<readonly (BuiltImage & { name: string })[]> => {
  const sources = await imageSources()
  const named = names.map((name) => {
    const source = sources.find((each) => each.name === name)
    if (source) return source
    throw new LabError(`No folder under workloads/ makes the image ${name}`, {
      why: `there are: ${sources.map((each) => each.name).join(', ')}`,
      exit: 'usage',
    })
  })
  return buildTogether(work, (each) =>
    named.map(async (source) => ({ name: source.name, ...(await buildImage(each, source, route)) })),
  )
}

/**
 * What the cache lacks for a cluster that is built here, with the images of these names and what add-ons take that have one of them; undefined: with
 * those of all workloads, and no add-on. kind is not in it, which need not be built.
 */
export const unbuilt = async (kubernetes: Kubernetes, names?: readonly string[]): Promise<readonly Artefact[]> =>
  lacking([
    ...(await programArtefacts(kubernetes)),
    ...(await Promise.all([wholeDebian('base'), wholeDebian('node')])),
    ...(await Promise.all((await workloadSources()).filter(({ name }) => names?.includes(name) ?? true).map(artefactsOf))).flat(),
    ...(await Promise.all((await addOnsWith(names ?? [])).map(({ artefacts }) => artefacts()))).flat(),
  ])

const lacking = async (artefacts: readonly Artefact[]): Promise<readonly Artefact[]> => {
  const there = await Promise.all(artefacts.map(isCached))
  return artefacts.filter((_, index) => !there[index])
}

const artefactsOf = async ({ artefacts }: ImageSource): Promise<readonly Artefact[]> => (await artefacts?.()) ?? []

const addOnsWith = async (imagesNamed: readonly string[]): Promise<readonly AddOn[]> =>
  (await addOns()).filter(({ images }) => images.some(({ name }) => imagesNamed.includes(name)))

/**
 * What this machine lacks for a cluster with the images of these names: of the cache and of Docker's images. An image is taken as there when Docker has one of
 * its name and nothing that it is made of is lacking; where no engine answers, as lacking.
 */
export const toBuild = async (
  route: Route,
  kubernetes: Kubernetes,
  names: readonly string[],
  isNewCluster: boolean,
): Promise<readonly Build[]> => {
  const there = new Set(await imageNames())
  const images =
    route === 'offline' ? await lackingOffline(there, kubernetes, names) : await lackingAtRegistry(there, kubernetes, names)
  const preloaded =
    isNewCluster && (images.length > 0 || !there.has(preloadedNodeImageName)) ? [imageBuild(preloadedNodeImageName)] : []
  return [...images, ...preloaded]
}

const lackingOffline = async (there: ReadonlySet<string>, kubernetes: Kubernetes, names: readonly string[]): Promise<Build[]> => {
  const artefacts = await unbuilt(kubernetes, names)
  const changed = new Set(artefacts.map(({ name }) => name))
  const isLacking = (image: string, madeOf: readonly Artefact[]): boolean =>
    !there.has(image) || madeOf.some(({ name }) => changed.has(name))
  const [base, system, programs] = [await wholeDebian('base'), await wholeDebian('node'), await programArtefacts(kubernetes)]
  const ofNode = [
    [`incident-lab/${base.name}`, [base]],
    [`incident-lab/${system.name}`, [system]],
    [nodeImageName(kubernetes), [base, system, ...programs]],
  ] as const
  const sources = (await imageSources()).filter(({ name }) => names.includes(name))
  const lackingSources: Build[] = []
  for (const source of sources) {
    if (isLacking(source.name, [base, ...(await artefactsOf(source))]))
      lackingSources.push(imageBuild(`the base of ${source.name}`), imageBuild(source.name))
  }
  return [
    ...artefacts,
    ...ofNode.filter(([name, madeOf]) => isLacking(name, madeOf)).map(([name]) => imageBuild(name)),
    ...lackingSources,
  ]
}

const lackingAtRegistry = async (
  there: ReadonlySet<string>,
  kubernetes: Kubernetes,
  names: readonly string[],
): Promise<Build[]> => {
  const node = await resolveReference(kubernetes.nodeImage)
  return [
    ...((await hasImage(node)) ? [] : [{ name: node, cost: buildCosts.pulledNode }]),
    ...names.filter((name) => !there.has(name)).map(imageBuild),
  ]
}

const imageBuild = (name: string): Build => ({ name: `image ${name}`, cost: buildCosts.image })

/** Every image that manifests can name: those of workloads, and what add-ons bring. */
export const imageSources = async (): Promise<readonly ImageSource[]> => [
  ...(await workloadSources()),
  ...(await addOns()).flatMap(({ images }) => images),
]

/** Every `workloads/<name>/image.ts`: a new one is found, nothing is registered. */
const workloadSources = async (): Promise<readonly ImageSource[]> => {
  const workloads = join(repositoryRoot, 'workloads')
  const files = (await readdir(workloads, { recursive: true })).filter((path) => /^[^/]+\/image\.ts$/.test(path)).toSorted()
  return Promise.all(files.map((file) => loadExport<ImageSource>(join(workloads, file), 'source', ImageShape)))
}

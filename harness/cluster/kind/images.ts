// Images of a cluster, and their source: a registry if one can be reached, else built here.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { addOns } from '../../artifact/add-on.ts'
import type { AddOn } from '../../artifact/add-on.ts'
import { buildCosts } from '../../artifact/build-costs.ts'
import { buildTogether } from '../../artifact/build-together.ts'
import { isCached } from '../../artifact/cache.ts'
import type { Artifact } from '../../artifact/cache.ts'
import { buildImage, hasImage, imageNames, ImageShape, pullImage } from '../../artifact/image.ts'
import type { BuiltImage, ImageSource, Route } from '../../artifact/image.ts'
import { resolveReference } from '../../artifact/image-reference.ts'
import { loadExport } from '../../extension.ts'
import { LabError } from '../../model/lab-error.ts'
import type { Build } from '../../model/build-cost.ts'
import type { Work } from '../../model/work.ts'
import { catalogue } from '../../../kind-configs/kubernetes.ts'
import type { Kubernetes } from '../../../kind-configs/kubernetes.ts'
import { nodeImage as buildNodeImage, nodeImageName } from '../../../kind-configs/node-image/build.ts'
import { programArtifacts } from '../../../kind-configs/node-image/programs.ts'
import { wholeDebian } from '../../../kind-configs/node-image/root-file-systems.ts'
import { repositoryRoot } from '../../places.ts'
import { canPull } from './registry.ts'
import { preloadedNodeImageName } from './preloaded-node-image.ts'

export const workloadImageName = 'incident-lab/workloads'

/** Decides between registry and building; called by everything that needs images. */
export const chooseRoute = async (forceOffline: boolean): Promise<Route> =>
  !forceOffline && (await (registry ??= resolveReference(catalogue[0].nodeImage).then(canPull))) ? 'registry' : 'offline'

/** Checked once per process: without a network the answer can take seconds. */
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
      why: `known images: ${sources.map((each) => each.name).join(', ')}`,
      next: 'correct `images` of the scenario, or write the image.ts of a new folder under workloads/',
      exit: 'usage',
    })
  })
  return buildTogether(work, (each) =>
    named.map(async (source) => ({ name: source.name, ...(await buildImage(each, source, route)) })),
  )
}

/**
 * What the cache lacks for a cluster that is built here, with the images of these names and the add-ons that use one of them; undefined: with
 * the images of all workloads, and no add-on. Does not include kind, which may not have to be built.
 */
export const unbuilt = async (kubernetes: Kubernetes, names?: readonly string[]): Promise<readonly Artifact[]> =>
  lacking([
    ...(await programArtifacts(kubernetes)),
    ...(await Promise.all([wholeDebian('base'), wholeDebian('node')])),
    ...(await Promise.all((await workloadSources()).filter(({ name }) => names?.includes(name) ?? true).map(artifactsOf))).flat(),
    ...(await Promise.all((await addOnsWith(names ?? [])).map(({ artifacts }) => artifacts()))).flat(),
  ])

const lacking = async (artifacts: readonly Artifact[]): Promise<readonly Artifact[]> => {
  const there = await Promise.all(artifacts.map(isCached))
  return artifacts.filter((_, index) => !there[index])
}

const artifactsOf = async ({ artifacts }: ImageSource): Promise<readonly Artifact[]> => (await artifacts?.()) ?? []

const addOnsWith = async (imagesNamed: readonly string[]): Promise<readonly AddOn[]> =>
  (await addOns()).filter(({ images }) => images.some(({ name }) => imagesNamed.includes(name)))

/**
 * What this machine lacks, in the cache and in Docker, for a cluster with the images of these names. An image counts as present if Docker has one of
 * its name and all its parts are present; without an engine, if the lab's had one when it was stopped.
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
  const artifacts = await unbuilt(kubernetes, names)
  const changed = new Set(artifacts.map(({ name }) => name))
  const isLacking = (image: string, madeOf: readonly Artifact[]): boolean =>
    !there.has(image) || madeOf.some(({ name }) => changed.has(name))
  const [base, system, programs] = [await wholeDebian('base'), await wholeDebian('node'), await programArtifacts(kubernetes)]
  const ofNode = [
    [`incident-lab/${base.name}`, [base]],
    [`incident-lab/${system.name}`, [system]],
    [nodeImageName(kubernetes), [base, system, ...programs]],
  ] as const
  const sources = (await imageSources()).filter(({ name }) => names.includes(name))
  const lackingSources: Build[] = []
  for (const source of sources) {
    if (isLacking(source.name, [base, ...(await artifactsOf(source))]))
      lackingSources.push(imageBuild(`the base of ${source.name}`), imageBuild(source.name))
  }
  return [
    ...artifacts,
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

/** Every image that manifests can name: those of workloads and of add-ons. */
export const imageSources = async (): Promise<readonly ImageSource[]> => [
  ...(await workloadSources()),
  ...(await addOns()).flatMap(({ images }) => images),
]

/** Every `workloads/<name>/image.ts`, found on disk without registration. */
const workloadSources = async (): Promise<readonly ImageSource[]> => {
  const workloads = join(repositoryRoot, 'workloads')
  const files = (await readdir(workloads, { recursive: true })).filter((path) => /^[^/]+\/image\.ts$/.test(path)).toSorted()
  return Promise.all(files.map((file) => loadExport<ImageSource>(join(workloads, file), 'source', ImageShape)))
}

// Which images a cluster gets, and by which of the two ways: a registry where one can be reached, else built here.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { addOns } from '../../artefact/add-on.ts'
import { isCached } from '../../artefact/cache.ts'
import type { Artefact } from '../../artefact/cache.ts'
import { buildImage, ImageShape, pulled } from '../../artefact/image.ts'
import type { BuiltImage, ImageSource, Route } from '../../artefact/image.ts'
import { published } from '../../artefact/published.ts'
import { loadExport } from '../../extension.ts'
import { LabError } from '../../model/lab-error.ts'
import type { Work } from '../../model/work.ts'
import { catalogue } from '../../../kind-configs/kubernetes.ts'
import type { Kubernetes } from '../../../kind-configs/kubernetes.ts'
import { nodeImage as buildNodeImage } from '../../../kind-configs/node-image/build.ts'
import { programArtefacts } from '../../../kind-configs/node-image/programs.ts'
import { wholeDebian } from '../../../kind-configs/node-image/root-file-systems.ts'
import { repositoryRoot } from '../../places.ts'
import { canPull } from './registry.ts'

export const workloadImageName = 'incident-lab/workloads'

/** Registry or not, decided by asking: this is the only place. */
export const chooseRoute = async (forceOffline: boolean): Promise<Route> =>
  !forceOffline && (await (registry ??= published(catalogue[0].nodeImage).then(canPull))) ? 'registry' : 'offline'

/** Asked once: without a network the answer can take seconds. */
let registry: Promise<boolean> | undefined

export const nodeImage = async (work: Work, route: Route, kubernetes: Kubernetes): Promise<BuiltImage> => {
  if (route === 'registry')
    return { reference: await pulled(work, await published(kubernetes.nodeImage)), from: 'pulled by digest' }
  return { reference: await buildNodeImage(work, kubernetes), from: 'built here from Go modules and Debian packages' }
}

/** The images of these names, ready in Docker. */
export const workloadImages = async (
  work: Work,
  route: Route,
  names: readonly string[],
): Promise<readonly (BuiltImage & { name: string })[]> => {
  const sources = await imageSources()
  const built: (BuiltImage & { name: string })[] = []
  for (const name of names) {
    const source = sources.find((each) => each.name === name)
    if (!source)
      throw new LabError(`No folder under workloads/ makes the image ${name}`, {
        why: `there are: ${sources.map((each) => each.name).join(', ')}`,
        exit: 'usage',
      })
    built.push({ name, ...(await buildImage(work, source, route)) })
  }
  return built
}

/**
 * What the cache lacks for a cluster that is built here, with the images of these names; undefined: with those of all workloads. What add-ons
 * are built from is not in it: that is looked for when one is asked for. Nor is kind, which need not be built.
 */
export const unbuilt = async (kubernetes: Kubernetes, names?: readonly string[]): Promise<readonly Artefact[]> => {
  const sources = (await imageSources()).filter(({ name }) => !names || names.includes(name))
  const needed = [
    await programArtefacts(kubernetes),
    await Promise.all([wholeDebian('base'), wholeDebian('node')]),
    ...(await Promise.all(sources.map(async ({ artefacts }) => (await artefacts?.()) ?? []))),
  ].flat()
  const there = await Promise.all(needed.map(isCached))
  return needed.filter((_, index) => !there[index])
}

/** Every `workloads/<name>/image.ts`, and what add-ons bring: a new one is found, nothing is registered. */
export const imageSources = async (): Promise<readonly ImageSource[]> => {
  const workloads = join(repositoryRoot, 'workloads')
  const files = (await readdir(workloads, { recursive: true })).filter((path) => /^[^/]+\/image\.ts$/.test(path)).toSorted()
  const sources = await Promise.all(files.map((file) => loadExport<ImageSource>(join(workloads, file), 'source', ImageShape)))
  return [...sources, ...(await addOns()).flatMap(({ images }) => images)]
}

// Which images a cluster gets, and by which of the two ways: a registry where one can be reached, else built here.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { addOns } from '../../artefact/add-on.ts'
import type { BuiltImage, ImageSource } from '../../artefact/image.ts'
import { LabError } from '../../model/lab-error.ts'
import type { Work } from '../../model/step.ts'
import { nodeImage as buildNodeImage } from '../../../kind-configs/node-image/build.ts'
import { repositoryRoot } from './paths.ts'

export type Route = 'registry' | 'offline'

/** kind v0.30.0's own default. */
const publishedNodeImage = 'kindest/node:v1.34.0@sha256:7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a'

export const workloadImageName = 'incident-lab/workloads'

/** Registry or not, decided by asking: this is the only place. */
export const chooseRoute = async (forceOffline: boolean): Promise<Route> =>
  !forceOffline && (await (registry ??= registryAnswers())) ? 'registry' : 'offline'

/** Asked once: without a network the answer can take seconds. */
let registry: Promise<boolean> | undefined

const registryAnswers = async (): Promise<boolean> => {
  try {
    const { status } = await fetch('https://registry-1.docker.io/v2/', { signal: AbortSignal.timeout(4_000) })
    return status === 200 || status === 401 // it wants a token: it is there
  } catch {
    return false
  }
}

export const nodeImage = async (work: Work, route: Route): Promise<BuiltImage> => {
  if (route === 'registry') return { reference: publishedNodeImage, from: 'pulled by digest' }
  return { reference: await buildNodeImage(work), from: 'built here from Go modules and Debian packages' }
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
    built.push({ name, ...(await (route === 'registry' ? source.online(work) : source.offline(work))) })
  }
  return built
}

/** Every `workloads/<name>/image.ts`, and what add-ons bring: a new one is found, nothing is registered. */
const imageSources = async (): Promise<readonly ImageSource[]> => {
  const workloads = join(repositoryRoot, 'workloads')
  const files = (await readdir(workloads, { recursive: true })).filter((path) => /^[^/]+\/image\.ts$/.test(path)).toSorted()
  const sources = await Promise.all(
    files.map(async (file) => ((await import(pathToFileURL(join(workloads, file)).href)) as { source: ImageSource }).source),
  )
  return [...sources, ...(await addOns()).flatMap(({ images }) => images)]
}

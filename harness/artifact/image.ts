// Builds Docker images: the tag is the hash of the inputs, and an image is built only if missing.
import { cp, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod'
import { askDocker } from './docker.ts'
import { $ } from './shell.ts'
import { callable } from '../extension.ts'
import type { Work } from '../model/work.ts'
import { buildCosts } from './build-costs.ts'
import { packerStep, sharedBuilds } from './build-together.ts'
import { cacheDir, contentHash, inScratch } from './cache.ts'
import type { Artifact } from './cache.ts'
import { resolveReference, tagOf } from './image-reference.ts'
import { sayLines } from './say-lines.ts'

/** An image that manifests can name: a third-party image or its stand-in built here, plus the lab's additions. Found as `workloads/<name>/image.ts`. */
export interface ImageSource {
  /** Its name in manifests, without a tag. */
  readonly name: string
  /** Reference of the third-party image, by tag and digest. */
  readonly upstream: string
  /** Builds the stand-in, for machines that reach only package registries; resolves with its reference. */
  readonly standIn: (work: Work) => Promise<string>
  /** Source of the stand-in, for the report: "Debian's package postgresql-15". */
  readonly standInOf: string
  /** Builds the image on top of either; resolves with its reference. If absent, the image equals its base. */
  readonly build?: ((work: Work, base: string) => Promise<string>) | undefined
  /** Cache files that the stand-in needs besides those of the node image, so that `lab doctor` knows what must be built. */
  readonly artifacts?: (() => Promise<readonly Artifact[]>) | undefined
}

export const ImageShape = z.object({
  name: z.string(),
  upstream: z.string(),
  standIn: callable<ImageSource['standIn']>(),
  standInOf: z.string(),
  build: callable<NonNullable<ImageSource['build']>>().optional(),
  artifacts: callable<NonNullable<ImageSource['artifacts']>>().optional(),
})

export type Route = 'registry' | 'offline'

/** The image, ready in Docker. */
export const buildImage = async (work: Work, source: ImageSource, route: Route): Promise<BuiltImage> => {
  const { name, build = (_work, base) => asPublished(work, name, base) } = source
  const base = route === 'registry' ? await resolveReference(source.upstream) : await source.standIn(work)
  const from = route === 'registry' ? base : `built here from ${source.standInOf}, in place of ${tagOf(source.upstream)}`
  return { reference: await build(work, base), from }
}

export interface BuiltImage {
  readonly reference: string
  /** Its source, for the report. */
  readonly from: string
}

/**
 * The image `name:hash`; `make` builds it if Docker does not have it. Removes superseded images unless in use: all others of its name except
 * the newest `othersKept`, since another clone of the lab may need those. Overlapping calls for the same
 * image build it once. `make` must not build another image, which would wait for the slot that `make` holds.
 */
export const image = (
  work: Work,
  name: string,
  hash: string,
  make: (reference: string) => Promise<void>,
  othersKept = 2,
): Promise<string> => {
  const reference = `${name}:${hash}`
  return shared(reference, async () => {
    if (await hasImage(reference)) return reference
    await packerStep(work, `build image ${reference}`, buildCosts.image, () => make(reference))
    await removeSuperseded(name, reference, othersKept)
    return reference
  })
}

const shared = sharedBuilds<string>()

/** Inputs of an image. */
export interface Recipe {
  /** Path of the Dockerfile. */
  readonly dockerfile: string
  /** Path of each file in the build context, by its name there. */
  readonly files?: Readonly<Record<string, string>>
  /** Build arguments. */
  readonly args?: Readonly<Record<string, string>>
}

/** The image of a Dockerfile and its files, built if Docker does not have it. */
export const dockerfileImage = async (work: Work, name: string, recipe: Recipe): Promise<string> => {
  const { dockerfile, files = {}, args = {} } = recipe
  const hashes = await Promise.all([dockerfile, ...Object.values(files)].map(hashOf))
  const hash = await contentHash('', [], [...hashes, ...Object.keys(files), ...Object.entries(args).flat()])
  return image(work, name, hash, (reference) =>
    inScratch(async (scratch) => {
      for (const [to, from] of Object.entries({ Dockerfile: dockerfile, ...files })) await cp(from, join(scratch, to))
      const flags = Object.entries(args).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`])
      await dockerBuild(work, scratch, reference, flags)
    }),
  )
}

/** Cache files have their hash in the name. */
const hashOf = async (path: string): Promise<string> =>
  dirname(path) === cacheDir() ? basename(path) : contentHash(dirname(path), [basename(path)])

/**
 * The same image for a single platform: an engine may keep a multi-platform image of which it has one platform, and that cannot be loaded into
 * a node (kubernetes-sigs/kind issue 3795).
 */
const asPublished = (work: Work, name: string, base: string): Promise<string> =>
  dockerfileImage(work, name, { dockerfile: join(import.meta.dirname, 'as-published.Dockerfile'), args: { BASE: base } })

/** Uses the engine's default builder. Without attestations, which would make a multi-platform image. */
export const dockerBuild = async (
  { signal }: Work,
  context: string,
  reference: string,
  flags: readonly string[],
): Promise<void> => {
  const env = { ...process.env, BUILDX_NO_DEFAULT_ATTESTATIONS: '1' }
  await $({ quiet: true, signal, env })`docker build --tag ${reference} ${[...flags]} ${context}`
}

/** Pulls an image that Docker does not have. */
export const pullImage = async (work: Work, reference: string): Promise<string> => {
  if (await hasImage(reference)) return reference
  await work.step(`pull ${reference}`, async (say) => {
    const pulling = $({ quiet: true, signal: work.signal })`docker pull ${reference} 2>&1`
    await sayLines(pulling, say)
  })
  return reference
}

export const hasImage = async (reference: string): Promise<boolean> => !(await askDocker(['image', 'inspect', reference])).failed

/** Names of the images in Docker, without tags; if no engine answers, of those that the lab's engine had when it was stopped. */
export const imageNames = async (): Promise<readonly string[]> => {
  const { failed, stdout } = await askDocker(listImages)
  return (failed ? await readFile(stoppedWith(), 'utf8').catch(() => '') : stdout).split('\n')
}

export const listImages = ['image', 'ls', '--format', '{{.Repository}}'] as const

/** Keeps the output of `listImages` of the lab's engine, which is about to be stopped: an estimate does not start it. A full disk keeps no engine running. */
export const keepImageNames = (listed: string): Promise<void> => writeFile(stoppedWith(), listed).catch(() => {})

const stoppedWith = (): string => join(cacheDir(), 'docker-images')

const removeSuperseded = async (name: string, reference: string, othersKept: number): Promise<void> => {
  const newestFirst = await $({ quiet: true })`docker image ls --format ${'{{.Repository}}:{{.Tag}}'} ${name}`
  const others = newestFirst.lines().filter((line) => line !== reference && !line.endsWith('<none>'))
  for (const each of others.slice(othersKept)) await $({ quiet: true, nothrow: true })`docker image rm ${each}` // fails if in use
}

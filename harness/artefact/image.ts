// How a Docker image comes about here: under a tag that is the hash of what it is made from, made only when missing.
import { cp } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { $ } from 'zx'
import type { Work } from '../model/step.ts'
import { cacheDir, contentHash, inScratch } from './cache.ts'

/** An image manifests can name, and its two ways onto this machine. Found as `workloads/<name>/image.ts`. */
export interface ImageSource {
  /** As manifests name it, without a tag. */
  readonly name: string
  /** Where an image registry can be reached. */
  readonly online: (work: Work) => Promise<BuiltImage>
  /** Where only package registries can. */
  readonly offline: (work: Work) => Promise<BuiltImage>
}

export interface BuiltImage {
  readonly reference: string
  /** Where it came from, for the report. */
  readonly from: string
}

/**
 * The image `name:hash`, made by `make` when Docker does not have it. What it supersedes is removed unless in use: all others of its name but
 * the newest `othersKept`.
 */
export const image = async (
  work: Work,
  name: string,
  hash: string,
  make: (reference: string) => Promise<void>,
  othersKept = 0,
): Promise<string> => {
  const reference = `${name}:${hash}`
  if (await hasImage(reference)) return reference
  await work.step(`build image ${reference}`, () => make(reference))
  await removeSuperseded(name, reference, othersKept)
  return reference
}

/** What an image is made from. */
export interface Recipe {
  /** Path of the Dockerfile. */
  readonly dockerfile: string
  /** Path of each file beside it, by its name there. */
  readonly files?: Readonly<Record<string, string>>
  /** Build arguments. */
  readonly args?: Readonly<Record<string, string>>
}

/** The image of a Dockerfile and of the files beside it, made when Docker does not have it. */
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

/** What is in the cache has the hash of its content in its name. */
const hashOf = async (path: string): Promise<string> =>
  dirname(path) === cacheDir() ? basename(path) : contentHash(dirname(path), [basename(path)])

/** The classic builder is named because it is in every engine and needs no plugin; the Dockerfiles build on both. */
export const dockerBuild = async (
  { signal }: Work,
  context: string,
  reference: string,
  flags: readonly string[],
): Promise<void> => {
  const env = { ...process.env, DOCKER_BUILDKIT: '0' }
  await $({ quiet: true, signal, env })`docker build --tag ${reference} ${[...flags]} ${context}`
}

const hasImage = async (reference: string): Promise<boolean> =>
  (await $({ quiet: true, nothrow: true })`docker image inspect ${reference}`).exitCode === 0

const removeSuperseded = async (name: string, reference: string, othersKept: number): Promise<void> => {
  const newestFirst = await $({ quiet: true })`docker image ls --format ${'{{.Repository}}:{{.Tag}}'} ${name}`
  const others = newestFirst.lines().filter((line) => line !== reference && !line.endsWith('<none>'))
  for (const each of others.slice(othersKept)) await $({ quiet: true, nothrow: true })`docker image rm ${each}` // in use: it stays
}

// How a Docker image comes about here: under a tag that is the hash of what it is made from, made only when missing.
import { $ } from 'zx'
import type { Work } from '../model/step.ts'

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

/** The image `name:hash`, made by `make` when Docker does not have it; what it supersedes is removed unless in use. */
export const image = async (
  work: Work,
  name: string,
  hash: string,
  make: (reference: string) => Promise<void>,
): Promise<string> => {
  const reference = `${name}:${hash}`
  if (await hasImage(reference)) return reference
  await work.step(`build image ${reference}`, () => make(reference))
  await removeSuperseded(name, reference)
  return reference
}

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

const removeSuperseded = async (name: string, reference: string): Promise<void> => {
  const listed = await $({ quiet: true })`docker image ls --format ${'{{.Repository}}:{{.Tag}}'} ${name}`
  const old = listed.lines().filter((line) => line !== reference && !line.endsWith('<none>'))
  for (const each of old) await $({ quiet: true, nothrow: true })`docker image rm ${each}` // in use: it stays
}

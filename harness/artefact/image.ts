// How a Docker image is built here: from a context folder, under a tag that is the hash of its content.
import { $ } from 'zx'
import type { Step } from '../model/step.ts'

export interface ImageBuild {
  /** Repository of the tag, such as `incident-lab/node`. */
  readonly name: string
  readonly hash: string
  readonly make: (tag: string) => Promise<void>
}

/** The image `name:hash`, made when Docker does not have it; what it supersedes is removed unless in use. */
export const image = async (step: Step, { name, hash, make }: ImageBuild): Promise<string> => {
  const tag = `${name}:${hash}`
  if (await hasImage(tag)) return tag
  await step(`build image ${tag}`, () => make(tag))
  await removeSuperseded(name, tag)
  return tag
}

/** Works with the classic builder of old engines and with BuildKit; the classic one needs no plugin, so it is named. */
export const dockerBuild = async (context: string, tag: string, flags: readonly string[]): Promise<void> => {
  await $({ quiet: true, env: { ...process.env, DOCKER_BUILDKIT: '0' } })`docker build --tag ${tag} ${[...flags]} ${context}`
}

const hasImage = async (tag: string): Promise<boolean> =>
  (await $({ quiet: true, nothrow: true })`docker image inspect ${tag}`).exitCode === 0

const removeSuperseded = async (name: string, tag: string): Promise<void> => {
  const listed = await $({ quiet: true })`docker image ls --format ${'{{.Repository}}:{{.Tag}}'} ${name}`
  const old = listed.lines().filter((line) => line !== tag && !line.endsWith('<none>'))
  for (const image of old) await $({ quiet: true, nothrow: true })`docker image rm ${image}` // in use: it stays
}

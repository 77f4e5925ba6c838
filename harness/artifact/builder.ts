// A privileged container in which an image is built, and its volume. Their names identify the owner, so that the lab finds them if that process
// was killed. A label does not work: an image inherits the labels of its container, and so does every node of that image.
import { createHash, randomUUID } from 'node:crypto'
import { docker } from './docker.ts'
import { $ } from './shell.ts'
import { stateDir } from '../places.ts'

/** Prefix of the names from this state folder. */
const ours = (): string => `incident-lab-builder-${createHash('sha256').update(stateDir()).digest('hex').slice(0, 8)}-`

const newName = (): string => ours() + randomUUID()

/** Runs an idle container of the image while `work` runs. `volume`: in the syntax of `docker run`. */
export const inBuilder = async <T>(
  signal: AbortSignal,
  image: string,
  volume: string,
  work: (container: string) => Promise<T>,
): Promise<T> => {
  const name = newName()
  try {
    await $({
      quiet: true,
      signal,
    })`docker run --detach --privileged --name ${name} --entrypoint sleep --volume ${volume} ${image} infinity`
    return await work(name)
  } finally {
    await $({ quiet: true, nothrow: true })`docker rm --force --volumes ${name}` // on an abort too
  }
}

/** A volume that exists while `work` runs. */
export const withVolume = async <T>(signal: AbortSignal, work: (volume: string) => Promise<T>): Promise<T> => {
  const name = newName()
  try {
    await $({ quiet: true, signal })`docker volume create ${name}`
    return await work(name)
  } finally {
    await $({ quiet: true, nothrow: true })`docker volume rm ${name}`
  }
}

/** Leftover containers and volumes of this state folder; no build may run meanwhile. */
export const buildersLeft = async (): Promise<string[]> => [
  ...(await containers()).map((name) => `container ${name}`),
  ...(await volumes()).map((name) => `volume ${name}`),
]

export const removeBuilders = async (): Promise<void> => {
  for (const name of await containers()) await docker(['rm', '--force', '--volumes', name])
  for (const name of await volumes()) await docker(['volume', 'rm', name])
}

const containers = (): Promise<string[]> => list(['ps', '--all', '--format', '{{.Names}}'])
const volumes = (): Promise<string[]> => list(['volume', 'ls', '--format', '{{.Name}}'])

const list = async (words: readonly string[]): Promise<string[]> =>
  (await docker(words)).split('\n').filter((name) => name.startsWith(ours()))

// A privileged container in which an image is made, and its volume. Their names say whose they are, so that they are found again when that process
// was killed. A label would not do: an image that is made of a container has its labels, and so has every node that is made of that image.
import { createHash, randomUUID } from 'node:crypto'
import { execa } from 'execa'
import { $ } from 'zx/core'
import { stateDir } from '../places.ts'

/** What names of this state folder's begin with. */
const ours = (): string => `incident-lab-builder-${createHash('sha256').update(stateDir()).digest('hex').slice(0, 8)}-`

const newName = (): string => ours() + randomUUID()

/** A container of the image that does nothing, for as long as `work` runs. `volume`: as `docker run` takes it. */
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

/** A volume for as long as `work` runs. */
export const withVolume = async <T>(signal: AbortSignal, work: (volume: string) => Promise<T>): Promise<T> => {
  const name = newName()
  try {
    await $({ quiet: true, signal })`docker volume create ${name}`
    return await work(name)
  } finally {
    await $({ quiet: true, nothrow: true })`docker volume rm ${name}`
  }
}

/** Containers and volumes of this state folder's that were left; nobody may be building. */
export const buildersLeft = async (): Promise<string[]> => [
  ...(await containers()).map((name) => `container ${name}`),
  ...(await volumes()).map((name) => `volume ${name}`),
]

export const removeBuilders = async (): Promise<void> => {
  for (const name of await containers()) await execa('docker', ['rm', '--force', '--volumes', name])
  for (const name of await volumes()) await execa('docker', ['volume', 'rm', name])
}

const containers = (): Promise<string[]> => list(['ps', '--all', '--format', '{{.Names}}'])
const volumes = (): Promise<string[]> => list(['volume', 'ls', '--format', '{{.Name}}'])

const list = async (words: readonly string[]): Promise<string[]> =>
  (await execa('docker', words)).stdout.split('\n').filter((name) => name.startsWith(ours()))

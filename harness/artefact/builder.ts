// A privileged container in which an image is made, and its volume: labelled with the state folder of whoever made them, so that they are found
// again when that process was killed.
import { execa } from 'execa'
import { $ } from 'zx'
import { stateDir } from '../places.ts'

const ours = (): string => `incident-lab.builder=${stateDir()}`

/** A container of the image that does nothing, for as long as `work` runs. `volume`: as `docker run` takes it. */
export const inBuilder = async <T>(
  signal: AbortSignal,
  image: string,
  volume: string,
  work: (container: string) => Promise<T>,
): Promise<T> => {
  const docker = $({ quiet: true, signal })
  const started =
    await docker`docker run --detach --privileged --label ${ours()} --entrypoint sleep --volume ${volume} ${image} infinity`
  const container = started.text().trim()
  try {
    return await work(container)
  } finally {
    await $({ quiet: true, nothrow: true })`docker rm --force --volumes ${container}` // on an abort too
  }
}

/** A volume for as long as `work` runs. */
export const withVolume = async <T>(signal: AbortSignal, work: (volume: string) => Promise<T>): Promise<T> => {
  const volume = (await $({ quiet: true, signal })`docker volume create --label ${ours()}`).text().trim()
  try {
    return await work(volume)
  } finally {
    await $({ quiet: true, nothrow: true })`docker volume rm ${volume}`
  }
}

/** Containers and volumes of this state folder's that were left; nobody may be building. */
export const buildersLeft = async (): Promise<string[]> => [
  ...(await list(['ps', '--all', '--quiet'])).map((id) => `container ${id}`),
  ...(await list(['volume', 'ls', '--quiet'])).map((name) => `volume ${name}`),
]

export const removeBuilders = async (): Promise<void> => {
  const [containers, volumes] = [await list(['ps', '--all', '--quiet']), await list(['volume', 'ls', '--quiet'])]
  if (containers.length > 0) await execa('docker', ['rm', '--force', '--volumes', ...containers])
  if (volumes.length > 0) await execa('docker', ['volume', 'rm', ...volumes])
}

const list = async (words: readonly string[]): Promise<string[]> =>
  (await execa('docker', [...words, '--filter', `label=${ours()}`])).stdout.split('\n').filter(Boolean)

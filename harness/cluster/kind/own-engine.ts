// Where the engine that the lab starts is asked: at a socket of its own, so that nothing of the user's lands in it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'

/** Of the one engine of the lab's that a machine has: its socket, and what it runs as root. Root alone may enter. The next boot removes it, with the engine. */
export const engineFolder = '/run/kubernetes-incident-lab'

const socket = join(engineFolder, 'docker.sock')
export const ownEndpoint = `unix://${socket}`

/** From now on this process and all it starts ask the lab's own engine, if one was started and the environment names none. */
export const askOwnEngine = (): void => {
  const { DOCKER_HOST, DOCKER_CONTEXT } = process.env
  if (!DOCKER_HOST && !DOCKER_CONTEXT && existsSync(socket)) process.env.DOCKER_HOST = ownEndpoint
}

/** Asks the engine the lab started, even if another one answers; does its best. */
export const askOwn = async (...words: string[]): Promise<string> =>
  (await execa('docker', ['--host', ownEndpoint, ...words], { reject: false, timeout: 60_000 })).stdout ?? ''

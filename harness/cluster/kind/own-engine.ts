// The endpoint of the engine that the lab starts: its own socket, so that the user's commands do not reach it by accident.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { askDocker } from '../../artifact/docker.ts'

/** Folder of the lab's engine, one per machine: its socket, and what it runs as root. Only root may enter. The next boot removes it, with the engine. */
export const engineFolder = '/run/kubernetes-incident-lab'

const socket = join(engineFolder, 'docker.sock')
export const ownEndpoint = `unix://${socket}`

/** From now on this process and its children use the lab's own engine, if it was started and the environment names no other. */
export const askOwnEngine = (): void => {
  const { DOCKER_HOST, DOCKER_CONTEXT } = process.env
  if (!DOCKER_HOST && !DOCKER_CONTEXT && existsSync(socket)) process.env.DOCKER_HOST = ownEndpoint
}

/** Asks the engine the lab started, even if another one answers; ignores failures. */
export const askOwn = async (...words: string[]): Promise<string> =>
  (await askDocker(['--host', ownEndpoint, ...words], 60_000)).stdout

// Whether an image can be pulled. The engine decides: it has its own mirrors, proxies, certificates and images.
import { request } from 'node:http'
import { hasImage } from '../../artifact/image.ts'
import { lookAtDocker } from './docker.ts'

const patienceMs = 10_000

/** True if the engine has the image, or finds it at its registry. Without a running engine, true if Docker Hub answers this machine. */
export const canPull = async (reference: string): Promise<boolean> => {
  const { engine, endpoint } = await lookAtDocker()
  if (!engine) return hubAnswers()
  return (await hasImage(reference)) || (await engineFinds(endpoint, reference))
}

/** Like `docker pull` without the layers: the engine fetches the image's manifest. `docker manifest inspect` bypasses the engine. */
const engineFinds = async (endpoint: string, reference: string): Promise<boolean> => {
  const socketPath = /^unix:\/\/(.+)$/.exec(endpoint)?.[1]
  return socketPath !== undefined && (await statusOf(socketPath, `/distribution/${reference}/json`)) === 200
}

const statusOf = (socketPath: string, path: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    request({ socketPath, path, signal: AbortSignal.timeout(patienceMs) }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', () => resolve(undefined))
      .end()
  })

const hubAnswers = async (): Promise<boolean> => {
  try {
    const { status } = await fetch('https://registry-1.docker.io/v2/', { signal: AbortSignal.timeout(4_000) })
    return status === 200 || status === 401 // it requires a token: it is reachable
  } catch {
    return false
  }
}

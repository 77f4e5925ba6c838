// Whether an image can be pulled. The engine is asked: mirrors, proxies and certificates are its own, and so is what it already has.
import { request } from 'node:http'
import { hasImage } from '../../artefact/image.ts'
import { lookAtDocker } from './docker.ts'

const patienceMs = 10_000

/** True when the engine has the image, or finds it at its registry. Where no engine answers yet, true when Docker Hub answers this machine. */
export const canPull = async (reference: string): Promise<boolean> => {
  const { engine, endpoint } = await lookAtDocker()
  if (!engine) return hubAnswers()
  return (await hasImage(reference)) || (await engineFinds(endpoint, reference))
}

/** As `docker pull` would, without pulling: the engine fetches the image's manifest. `docker manifest inspect` goes past the engine. */
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
    return status === 200 || status === 401 // it wants a token: it is there
  } catch {
    return false
  }
}

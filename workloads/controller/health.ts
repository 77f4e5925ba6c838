// Decides how a controller is asked how it is: by GET, at a few paths.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What is answered at one path. */
export interface Answer {
  readonly statusCode: number
  readonly text: string
}

/** Answers by path. */
export type Answers = Readonly<Record<string, () => Answer>>

/** Listens on every IPv4 address of the pod, and returns the port in use. Rejects when it is taken. */
export const serveHealth = async (port: number, answers: Answers): Promise<number> => {
  const nothing = (): Answer => ({ statusCode: 404, text: `There is nothing here. GET ${Object.keys(answers).join(' or ')}.` })
  const server = createServer(({ method, url = '' }, response) => {
    const { statusCode, text } = ((method === 'GET' && answers[url]) || nothing)()
    response.writeHead(statusCode).end(`${text}\n`)
  })
  await once(server.listen(port, '0.0.0.0'), 'listening')
  return (server.address() as AddressInfo).port
}

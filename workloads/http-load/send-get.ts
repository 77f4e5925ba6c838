// Decides how one request travels, when it is over, and what its failure is called.
import { get } from 'node:http'
import type { Agent, IncomingMessage } from 'node:http'
import type { Outcome } from '../open-loop/record.ts'
import type { Flags } from './flags.ts'

/** What a request past its deadline is counted as; gRPC has the same word. */
export const deadlineExceeded: Outcome = { kind: 'failed', statusName: 'DEADLINE_EXCEEDED' }

/**
 * Sends the request on a connection of the agent; `false` opens one which the reply closes. Over when the whole reply is there.
 * After the deadline it is given up, and its connection with it. Never rejects.
 */
export const sendGet = ({ target, path }: Flags, agent: Agent | false, deadlineMs: number): Promise<Outcome> =>
  new Promise((resolve) => {
    const { host, port, address } = target
    const request = get({ host, port, path, agent, headers: { host: address } })
    const end = (outcome: Outcome): void => {
      clearTimeout(timer)
      resolve(outcome)
    }
    const timer = setTimeout(() => {
      end(deadlineExceeded)
      request.destroy()
    }, deadlineMs)
    request.on('error', (error) => end(failureOf(error)))
    request.on('response', (response) => {
      response.on('error', (error) => end(failureOf(error)))
      response.on('end', () => end(outcomeOf(response)))
      response.resume()
    })
  })

const outcomeOf = ({ statusCode, headers }: IncomingMessage): Outcome => {
  if (statusCode !== 200) return { kind: 'failed', statusName: `HTTP_${statusCode}` }
  const pod = headers['x-pod']
  return { kind: 'completed', pod: typeof pod === 'string' ? pod : 'unknown' }
}

const failureOf = (error: NodeJS.ErrnoException): Outcome => ({ kind: 'failed', statusName: error.code ?? error.name })

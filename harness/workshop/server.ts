// The server of an exercise for the other commands: only on this machine, and only for clients with the token.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { listen } from '../loopback.ts'
import type { Listening } from '../loopback.ts'
import { LabError, messageOf } from '../model/lab-error.ts'
import type { Work } from '../model/work.ts'
import type { Message, Refusal } from './message.ts'

/** Handles a request; long work runs as steps. */
export type Answer = (work: Work, question: unknown) => Promise<unknown>

export type Server = Pick<Listening, 'port' | 'close'> & { readonly token: string }

/** `answers`: by request name. A long request blocks others: concurrent checks would disturb each other. */
export const serve = async (answers: Readonly<Record<string, Answer>>, signal: AbortSignal): Promise<Server> => {
  const token = randomBytes(32).toString('hex')
  let busyWith: string | undefined

  const answer = async (name: string, question: unknown, response: ServerResponse): Promise<void> => {
    const gone = new AbortController()
    response.on('close', () => gone.abort(new Error('the client has left')))
    const send = (message: Message): void => void response.write(`${JSON.stringify(message)}\n`)
    const step: Work['step'] = async (title, work) => {
      send({ begins: title })
      const over = (hasFailed: boolean): void => send({ ends: title, hasFailed })
      try {
        const result = await work((line) => send({ says: line }))
        over(false)
        return result
      } catch (error) {
        over(true)
        throw error
      }
    }
    if (busyWith !== undefined && name !== 'standing')
      return send({
        error: refusalOf(new LabError(`${busyWith} is still running`, { exit: 'usage', next: 'wait until it is over' })),
      })
    if (name !== 'standing') busyWith = name
    try {
      send({ result: (await answers[name]?.({ step, signal: AbortSignal.any([signal, gone.signal]) }, question)) ?? null })
    } catch (error) {
      send({ error: refusalOf(error) })
    } finally {
      if (name !== 'standing') busyWith = undefined
    }
  }

  const { port, close } = await listen((request, response) => {
    const name = request.url?.slice(1) ?? ''
    if (request.method !== 'POST' || !knows(request, token) || !Object.hasOwn(answers, name)) {
      response.writeHead(404).end()
      return
    }
    json(request)
      .then((question) => answer(name, question, response))
      .catch(() => {}) // not JSON, or disconnected
      .finally(() => response.end())
  })
  return { port, token, close }
}

const knows = ({ headers }: IncomingMessage, token: string): boolean => {
  const [given, wanted] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

const refusalOf = (error: unknown): Refusal => {
  if (!(error instanceof LabError)) return { message: messageOf(error), exit: 'unexpected' }
  const { why, evidence, next } = error.details
  return {
    message: error.message,
    exit: error.exit,
    ...(why ? { why } : {}),
    ...(evidence ? { evidence: [...evidence] } : {}),
    ...(next ? { next } : {}),
  }
}

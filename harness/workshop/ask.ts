// Sends requests to the process that runs the exercise; shows its steps, and rethrows its errors.
import { readFile, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import * as z from 'zod'
import { isAlive } from '../is-alive.ts'
import { LabError } from '../model/lab-error.ts'
import type { Work } from '../model/work.ts'
import { exerciseAddressPath } from '../places.ts'
import { writeWhole } from '../write-whole.ts'
import { Address, Message } from './message.ts'

/** Only this user can read it. Returns a function that removes it. */
export const publish = async (address: Address): Promise<() => Promise<void>> => {
  await writeWhole(exerciseAddressPath(), JSON.stringify(address), 0o600)
  return () => rm(exerciseAddressPath(), { force: true })
}

/** Address of the running exercise; throws if there is none. */
export const exerciseAddress = async (): Promise<Address> => {
  const none = new LabError('No exercise is running', {
    exit: 'usage',
    next: '`lab workshop start` starts one; `lab list` names the scenarios',
  })
  const text = await readFile(exerciseAddressPath(), 'utf8').catch(() => '')
  if (text === '') throw none
  const address = Address.parse(JSON.parse(text))
  if (isAlive(address.pid)) return address
  await rm(exerciseAddressPath(), { force: true })
  throw none
}

/** The response to a request. */
export const ask = async <T>(
  { step, signal }: Work,
  name: string,
  answer: z.ZodType<T>,
  question: unknown = null,
): Promise<T> => {
  const { port, token } = await exerciseAddress()
  const response = await fetch(`http://127.0.0.1:${port}/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(question),
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted()
    throw new LabError('The exercise does not answer', { cause: error, next: '`lab workshop start` starts another one' })
  })
  if (!response.ok || !response.body)
    throw new LabError('The running exercise does not support this command', {
      why: `${response.status}: ${name}`,
      next: 'another version of the lab runs it: leave its shell, then start it again with `lab workshop start`',
    })
  let end: PromiseWithResolvers<void> | undefined
  let say: ((line: string) => void) | undefined
  for await (const line of createInterface({ input: Readable.fromWeb(response.body as never) })) {
    const message = Message.parse(JSON.parse(line))
    if ('begins' in message) {
      const begun = Promise.withResolvers<void>()
      end = begun
      step(message.begins, (saying) => {
        say = saying
        return begun.promise
      }).catch(() => {}) // the error itself comes last
    }
    if ('says' in message) say?.(message.says)
    if ('ends' in message && message.hasFailed) end?.reject(new Error(message.ends))
    else if ('ends' in message) end?.resolve()
    if ('error' in message) {
      const { message: what, exit, why, evidence, next } = message.error
      throw new LabError(what, { exit, ...(why ? { why } : {}), ...(evidence ? { evidence } : {}), ...(next ? { next } : {}) })
    }
    if ('result' in message) return answer.parse(message.result)
  }
  throw new LabError('The exercise ended before it had answered', { next: '`lab workshop start` starts another one' })
}

// The commands of a workshop and the process that holds the exercise: who may ask, what comes back, and one thing at a time.
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as z from 'zod'
import { LabError } from '../model/lab-error.ts'
import type { Work } from '../model/work.ts'
import { ask, exerciseAddress, publish } from './ask.ts'
import { serve } from './server.ts'
import type { Answer } from './server.ts'

const never = new AbortController().signal
const work = (titles: string[] = []): Work => ({
  step: async (title, task) => {
    titles.push(title)
    return task((line) => titles.push(line))
  },
  signal: never,
})

/** An exercise that gives these answers, found as the commands find it. */
const exercise = async (answers: Readonly<Record<string, Answer>>) => {
  vi.stubEnv('LAB_STATE', await mkdtemp(join(tmpdir(), 'lab-test-')))
  const server = await serve(answers, never)
  onTestFinished(async () => {
    await server.close()
    vi.unstubAllEnvs()
  })
  await publish({ pid: process.pid, port: server.port, token: server.token })
  return server
}

test('an answer comes back with the steps it took', async () => {
  await exercise({ check: ({ step }) => step('measure', async (say) => (say('block 1'), { verdict: 'fixed' })) })
  const titles: string[] = []
  expect(await ask(work(titles), 'check', z.object({ verdict: z.string() }))).toEqual({ verdict: 'fixed' })
  expect(titles).toEqual(['measure', 'block 1'])
})

test('an error comes back as it was thrown: what, why, evidence, next step and exit code', async () => {
  const thrown = new LabError('The client is missing', {
    why: 'no pod of lab-exercise has the label app=client',
    evidence: ['pod server-0: Running', 'pod server-1: Running'],
    next: '`lab workshop reset` restores the exercise',
    exit: 'usage',
  })
  await exercise({ check: () => Promise.reject(thrown) })
  await expect(ask(work(), 'check', z.unknown())).rejects.toSatisfy(
    (error) => error instanceof LabError && error.exit === 'usage' && error.explain().join() === thrown.explain().join(),
  )
})

test('a second question while one is answered is refused, but for how the exercise stands', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const begun = Promise.withResolvers<void>()
  await exercise({
    check: () => {
      begun.resolve()
      return promise
    },
    standing: async () => 'broken',
  })
  const first = ask(work(), 'check', z.string())
  await begun.promise
  await expect(ask(work(), 'check', z.string())).rejects.toThrow('still running')
  expect(await ask(work(), 'standing', z.string())).toBe('broken')
  resolve('fixed')
  expect(await first).toBe('fixed')
})

test('a client that leaves in the middle of a check ends it, and the next one is answered', async () => {
  let aborted = false
  const begun = Promise.withResolvers<void>()
  await exercise({
    check: ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true
          reject(signal.reason)
        })
        begun.resolve()
      }),
    hint: async () => 'look',
  })
  const leaving = new AbortController()
  const first = ask({ ...work(), signal: leaving.signal }, 'check', z.string())
  await begun.promise
  leaving.abort()
  await expect(first).rejects.toThrow('aborted')
  await expect.poll(() => ask(work(), 'hint', z.string())).toBe('look')
  expect(aborted).toBe(true)
})

test('without the token, or for an unknown question, there is nothing there', async () => {
  const { port, token } = await exercise({ hint: async () => 'look' })
  const post = (name: string, headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${port}/${name}`, { method: 'POST', body: 'null', headers })
  expect((await post('hint', {})).status).toBe(404)
  expect((await post('hint', { authorization: `Bearer ${'0'.repeat(64)}` })).status).toBe(404)
  expect((await post('toString', { authorization: `Bearer ${token}` })).status).toBe(404)
  expect((await post('hint', { authorization: `Bearer ${token}` })).status).toBe(200)
})

test('where no process holds an exercise, or that process was killed, there is none', async () => {
  vi.stubEnv('LAB_STATE', await mkdtemp(join(tmpdir(), 'lab-test-')))
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(exerciseAddress()).rejects.toThrow('No exercise is running')
  await publish({ pid: 2 ** 30, port: 1, token: '' })
  await expect(exerciseAddress()).rejects.toThrow('No exercise is running')
})

test('a process that does not listen any more is an exercise that does not answer', async () => {
  const { close } = await exercise({})
  await close()
  await expect(ask(work(), 'check', z.unknown())).rejects.toMatchObject({ message: 'The exercise does not answer' })
})

test('a command that the running exercise does not know is named, with its status', async () => {
  await exercise({})
  await expect(ask(work(), 'check', z.unknown())).rejects.toMatchObject({
    message: 'The running exercise does not support this command',
    details: { why: '404: check' },
  })
})

test('an exercise that ends while it is asked has not answered', async () => {
  vi.stubEnv('LAB_STATE', await mkdtemp(join(tmpdir(), 'lab-test-')))
  const server = createServer((_, response) => void response.end(`${JSON.stringify({ begins: 'measure' })}\n`))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.close()
    vi.unstubAllEnvs()
  })
  await publish({ pid: process.pid, port: (server.address() as AddressInfo).port, token: 'token' })
  await expect(ask(work(), 'check', z.unknown())).rejects.toMatchObject({
    message: 'The exercise ended before it had answered',
  })
})

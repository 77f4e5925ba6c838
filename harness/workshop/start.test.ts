import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as z from 'zod'
import { quietWork } from '../test/fixtures/quiet-work.ts'
import { ask, publish } from './ask.ts'
import { serve } from './server.ts'
import { answers } from './start.ts'

test('until the incident has occurred every question is refused, except the one that ends the exercise', async () => {
  vi.stubEnv('LAB_STATE', await mkdtemp(join(tmpdir(), 'lab-test-')))
  const ended = Promise.withResolvers<void>()
  const server = await serve(
    answers(() => undefined, ended.resolve),
    quietWork.signal,
  )
  onTestFinished(async () => {
    await server.close()
    vi.unstubAllEnvs()
  })
  await publish({ pid: process.pid, port: server.port, token: server.token })
  for (const question of ['standing', 'check', 'hint', 'solution', 'reset'])
    await expect(ask(quietWork, question, z.unknown(), { apply: false }), question).rejects.toMatchObject({
      message: 'The incident is still being set up',
      exit: 'usage',
      details: { next: expect.stringContaining('`lab workshop start`') as unknown },
    })
  await ask(quietWork, 'end', z.null())
  await ended.promise
})

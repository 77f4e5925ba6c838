import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { notCounted } from './build-costs.ts'
import { goModule, goProgram } from './go-program.ts'
import type { Work } from '../model/work.ts'

const work: Work = { signal: new AbortController().signal, step: (_title, doIt) => doIt(() => {}) }

afterEach(() => vi.unstubAllEnvs())

test('without Go, a program that is still to be compiled is refused with what, why and next', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-go-'))
  vi.stubEnv('LAB_CACHE', folder)
  vi.stubEnv('PATH', folder)
  const program = { name: 'istioctl', module: folder, package: '.', flags: [], hash: 'abc', cost: notCounted }
  await expect(goProgram(work, program)).rejects.toMatchObject({
    exit: 'cannotRun',
    message: '`go version` does not work',
    details: {
      why: 'istioctl is not in the cache yet and must be compiled',
      next: expect.stringContaining('install Go') as string,
    },
  })
  await expect(goModule(work, folder, 'istio.io/istio')).rejects.toMatchObject({ exit: 'cannotRun' })
})

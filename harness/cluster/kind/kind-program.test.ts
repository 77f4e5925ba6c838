import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { buildCosts } from '../../artifact/build-costs.ts'
import { oncePerMachine } from '../../model/build-cost.ts'
import type { Work } from '../../model/work.ts'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { findKind, kindVersion } from './kind-program.ts'

const work: Work = { step: (_title, run) => run(() => {}), signal: new AbortController().signal }

beforeEach(async () => {
  vi.stubEnv('LAB_CACHE', await mkdtemp(join(tmpdir(), 'lab-cache-')))
})

const noRelease = 'file:///nonexistent'
const kindOf = (version: string) => fakeProgram('kind', `echo ${version}`)
const noGo = () => fakeProgram('go', 'exit 127')

test.each([kindVersion, kindVersion.replace(/\d+$/, '9')])('kind %s on the path is taken', async (version) => {
  await kindOf(version)
  expect(await findKind(work, noRelease)).toBe('kind')
})

test('a file that is not the released one is refused, and without Go the error says what to install', async () => {
  await kindOf('0.20.0')
  await noGo()
  const folder = await mkdtemp(join(tmpdir(), 'lab-release-'))
  for (const name of ['kind-linux-amd64', 'kind-linux-arm64', 'kind-darwin-amd64', 'kind-darwin-arm64'])
    await writeFile(join(folder, name), 'something else')
  const error = await findKind(work, `file://${folder}`).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ message: `kind ${kindVersion} was not found`, exit: 'cannotRun' })
  expect(error).toMatchObject({ details: { next: expect.stringContaining('brew install kind') as string } })
  expect(JSON.stringify(error)).toContain('has an unexpected hash')
})

test('on a machine for which kind is not released, and without Go, the error says so, and what to install', async () => {
  await kindOf('0.20.0')
  await noGo()
  await expect(findKind(work, noRelease, { platform: 'freebsd', arch: 'riscv64' })).rejects.toMatchObject({
    message: `kind ${kindVersion} was not found`,
    exit: 'cannotRun',
    details: {
      evidence: ['kind is not released for freebsd on riscv64', `  next: put kind ${kindVersion} on PATH`],
      next: expect.stringContaining('go install sigs.k8s.io/kind') as unknown,
    },
  })
})

test('where the release cannot be reached it is compiled, and no step fails: that is a normal way', async () => {
  await kindOf('0.20.0')
  await fakeProgram('go', 'while [ $# -gt 0 ]; do if [ "$1" = -o ]; then echo compiled >"$2"; fi; shift; done')
  const steps: string[] = []
  const step: Work['step'] = async (title, run) => {
    const found = await run(() => {}).finally(() => steps.push(`failed: ${title}`))
    steps.splice(-1, 1, title)
    return found
  }
  expect(await readFile(await findKind({ ...work, step }, noRelease), 'utf8')).toBe('compiled\n')
  expect(steps).toEqual([
    expect.stringMatching(/^look for file:\/\/\/nonexistent\/kind-/),
    'release not available, compiling instead: fetch the modules of kind',
    `release not available, compiling instead: compile kind (${oncePerMachine([buildCosts.kind])})`,
  ])
})

test('the version that is fetched is the one that is compiled', async () => {
  expect(await readFile('kind-configs/node-image/kind/go.mod', 'utf8')).toContain(`sigs.k8s.io/kind v${kindVersion}`)
})

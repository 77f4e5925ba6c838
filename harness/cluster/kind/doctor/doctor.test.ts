import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { debian, dockerDesktop, fakeDocker } from '../../../test/fixtures/fake-docker.ts'
import type { Finding } from '../../provider.ts'
import { examine } from './doctor.ts'
import type { Here } from '../machine.ts'

beforeEach(async () => vi.stubEnv('LAB_CACHE', await mkdtemp(join(tmpdir(), 'lab-cache-'))))
afterEach(() => vi.unstubAllEnvs())

const mac: Here = { platform: 'darwin', kernel: '24.4.0', root: '/nonexistent' }

const linux = async (instances: number): Promise<Here> => {
  const root = await mkdtemp(join(tmpdir(), 'lab-root-'))
  await mkdir(join(root, 'proc/sys/fs/inotify'), { recursive: true })
  await writeFile(join(root, 'proc/sys/fs/inotify/max_user_instances'), `${instances}\n`)
  return { platform: 'linux', kernel: release(), root }
}

const findingsOf = async (info: object | null, from: Here): Promise<(name: string) => Finding | undefined> => {
  vi.stubEnv('PATH', (await fakeDocker({ info })).folder)
  const findings = await examine({ offline: true }, from)
  return (named) => findings.find(({ name }) => name === named)
}

test('cgroup v2 with the usual 128 inotify instances: a warning with the command that fixes it', async () => {
  const of = await findingsOf({ ...debian, CgroupVersion: '2' }, await linux(128))
  expect(of('inotify')).toMatchObject({
    state: 'warning',
    found: expect.stringContaining('128') as string,
    why: expect.stringMatching(/ 40 on cgroup v2/) as string,
    next: expect.stringMatching(/sysctl -w fs\.inotify\.max_user_instances=1024`/) as string,
  })
})

test('1024 instances are enough', async () => {
  expect((await findingsOf(debian, await linux(1024)))('inotify')).toMatchObject({ state: 'ok' })
})

test('a Mac without an engine: start one, and nothing is said of a machine that is not known', async () => {
  const of = await findingsOf(null, mac)
  expect(of('Docker engine')).toMatchObject({ next: expect.stringContaining('start Docker Desktop') as string })
  for (const name of ['memory', 'cgroup', 'inotify', 'small disks', 'gcc']) expect(of(name)).toBeUndefined()
})

test('where Docker is configured at a socket without an engine, no other engine is started in its place', async () => {
  const { folder } = await fakeDocker({ info: null, endpoint: 'unix:///somewhere/docker.sock' })
  await writeFile(join(folder, 'dockerd'), '#!/bin/sh\n', { mode: 0o755 })
  vi.stubEnv('PATH', folder)
  vi.spyOn(process, 'getuid').mockReturnValue(0)
  onTestFinished(() => void vi.restoreAllMocks())
  const engine = (await examine({ offline: true }, await linux(1024))).find(({ name }) => name === 'Docker engine')
  expect(engine).toMatchObject({ state: 'missing', found: expect.stringContaining('unix:///somewhere/docker.sock') as string })
})

test('on a Mac without a registry the doctor says that images can be built only on Linux', async () => {
  const of = await findingsOf(dockerDesktop, mac)
  expect(of('images')).toMatchObject({ state: 'missing', why: expect.stringContaining('Linux') as string })
  expect(of('small disks')).toMatchObject({ found: 'not known before a run' })
})

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { debian, dockerDesktop, fakeDocker, podman, rootless } from '../../test/fixtures/fake-docker.ts'
import { missingCapabilities } from './capabilities.ts'
import { isRemote, lookAtDocker } from './docker.ts'
import type { Docker } from './docker.ts'
import { readMachine, workerCapacityOf } from './machine.ts'
import type { Here } from './machine.ts'

const gib = 1024 ** 3
const machine = (cpus: number, memoryGib: number, inotifyInstances: number | null = 1024, cgroup: 'v1' | 'v2' = 'v1') => ({
  cpus,
  memoryBytes: memoryGib * gib,
  cgroup,
  inotifyInstances,
})

test.each([
  ['2 CPUs, 24 GiB', machine(2, 24), 6, '2 CPUs'],
  ['4 CPUs, 24 GiB', machine(4, 24), 12, '4 CPUs'],
  ['4 CPUs, 8 GiB', machine(4, 8), 3, '8.0 GiB of memory'],
  ['2 CPUs, 4 GiB', machine(2, 4), 1, '4.0 GiB of memory'],
  ['1 CPU, 24 GiB', machine(1, 24), 3, '1 CPU'],
  [
    '4 CPUs, 24 GiB, and the kernel’s usual number of inotify instances',
    machine(4, 24, 128),
    7,
    'fs.inotify.max_user_instances is 128',
  ],
  [
    'the same on cgroup v2, where each container takes one more',
    machine(4, 24, 128, 'v2'),
    2,
    'fs.inotify.max_user_instances is 128',
  ],
  ['cgroup v2 with enough of them', machine(4, 24, 1024, 'v2'), 12, '4 CPUs'],
])('%s: room for what is tightest', (_of, of, workers, because) => {
  expect(workerCapacityOf(of).recommended).toMatchObject({ workers, because })
})

test('CPUs limit what is sensible, not what is possible', () => {
  expect(workerCapacityOf(machine(2, 24)).maximum).toMatchObject({ workers: 15, because: '24.0 GiB of memory' })
})

test('the smallest machine has room for one worker, and an unknown number of inotify instances for any', () => {
  expect(workerCapacityOf(machine(1, 2)).recommended.workers).toBe(1)
  expect(workerCapacityOf(machine(64, 256, null)).recommended.workers).toBe(181)
})

test('what a cluster takes of the memory grows with its workers, and stays below what there is', () => {
  const { memoryGib } = workerCapacityOf(machine(64, 16)).recommended
  expect(memoryGib).toBeGreaterThan(14)
  expect(memoryGib).toBeLessThan(16)
})

afterEach(() => vi.unstubAllEnvs())

/** What is read where `docker` prints this. */
const lookAt = async (answers: Parameters<typeof fakeDocker>[0]): Promise<Docker> => {
  vi.stubEnv('PATH', (await fakeDocker(answers)).folder)
  return lookAtDocker()
}

const linux = async (files: Readonly<Record<string, string>>): Promise<Here> => {
  const root = await mkdtemp(join(tmpdir(), 'lab-root-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return { platform: 'linux', kernel: release(), root }
}
const instances = 'proc/sys/fs/inotify/max_user_instances'
const mac: Here = { platform: 'darwin', kernel: '24.4.0', root: '/nonexistent' }

test('this machine is read, whether an engine answers or not', async () => {
  const { cpus, memoryBytes } = await readMachine()
  expect(cpus).toBeGreaterThan(0)
  expect(memoryBytes).toBeGreaterThan(gib)
})

test('one docker info tells all of an engine on this machine', async () => {
  const docker = await lookAt({ info: debian })
  expect(docker).toMatchObject({ podman: false, endpoint: 'unix:///var/run/docker.sock' })
  expect(docker.engine).toEqual({
    id: '',
    version: '20.10.24+dfsg1',
    cpus: 2,
    memoryBytes: 25_276_514_304,
    cgroup: 'v1',
    kernel: release(),
    os: 'Debian GNU/Linux 12 (bookworm)',
    architecture: 'x86_64',
    rootDir: '/',
    rootless: false,
    limits: true,
    containerdStore: false,
  })
  const found = await readMachine(docker, await linux({ [instances]: '128\n' }))
  expect(found).toMatchObject({ cpus: 2, cgroup: 'v1', isHere: true, inotifyInstances: 128 })
})

test('the machine of Docker Desktop is its virtual machine: inotify instances of this one say nothing of it', async () => {
  const docker = await lookAt({ info: dockerDesktop })
  expect(docker.engine).toMatchObject({ containerdStore: true, architecture: 'aarch64' })
  const expected = {
    cpus: 8,
    memoryBytes: 8_323_350_528,
    cgroup: 'v2',
    isHere: false,
    inotifyInstances: null,
    os: 'Docker Desktop',
  }
  expect(await readMachine(docker, mac)).toMatchObject(expected)
  expect(await readMachine(docker, await linux({ [instances]: '128\n' }))).toMatchObject(expected)
})

test('an engine on another kernel runs on another machine, such as the one of Colima or Lima', async () => {
  const docker = await lookAt({ info: { ...debian, KernelVersion: '6.8.0-64-generic' } })
  expect(await readMachine(docker, await linux({}))).toMatchObject({ isHere: false, kernel: '6.8.0-64-generic' })
})

test('where no engine answers, this machine is read, on macOS too, where there is no /proc', async () => {
  const docker = await lookAt({ info: null })
  expect(docker).toMatchObject({ engine: null, podman: false, complaint: expect.stringContaining('Cannot connect') as string })
  const none = { memoryBytes: totalmem(), inotifyInstances: null, os: '' }
  expect(await readMachine(docker, mac)).toMatchObject({ ...none, isHere: false })
  expect(await readMachine(docker, await linux({ 'sys/fs/cgroup/cgroup.controllers': '' }))).toMatchObject({
    ...none,
    cgroup: 'v2',
  })
  expect(await missingCapabilities(mac.root)).toEqual([])
})

test('without a docker program nothing is thrown', async () => {
  vi.stubEnv('PATH', '/nonexistent')
  expect(await lookAtDocker()).toMatchObject({ engine: null, podman: false, endpoint: '' })
})

test('a rootless engine says so, and whether it may limit what containers take', async () => {
  expect((await lookAt({ info: rootless })).engine).toMatchObject({ rootless: true, limits: true, cgroup: 'v2' })
  expect((await lookAt({ info: { ...rootless, CgroupDriver: 'none' } })).engine).toMatchObject({ limits: false })
})

test.each([
  ['the program', { info: podman }],
  ['the program, where its machine does not run', { info: null, version: 'podman version 5.4.2' }],
  ['what is behind the socket', { info: { ...debian, DockerRootDir: '/home/user/.local/share/containers/storage' } }],
])('Podman is no Docker engine: %s', async (_what, answers) => {
  expect(await lookAt(answers)).toMatchObject({ podman: true, engine: null })
})

test.each([
  ['tcp://10.0.0.7:2375', true],
  ['ssh://me@build-host', true],
  ['tcp://127.0.0.1:2375', false],
  ['ssh://me@localhost:22', false],
  ['unix:///Users/me/.colima/default/docker.sock', false],
  ['', false],
])('an engine at %j is on another machine: %s', (endpoint, remote) => {
  expect(isRemote({ endpoint })).toBe(remote)
})

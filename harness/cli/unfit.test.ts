// What `lab` says on machines that cannot run it, or not all of it, with the `docker` of such a machine.
import { once } from 'node:events'
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { stringify } from 'yaml'
import type { Finding } from '../cluster/provider.ts'
import { debian, dockerDesktop, fakeDocker, podman, rootless } from '../test/fixtures/fake-docker.ts'
import { labHereWith } from '../test/fixtures/lab-command.ts'
import type { Printed } from '../test/fixtures/lab-command.ts'

interface Said {
  readonly exitCode: Printed['exitCode']
  readonly stdout: string
  readonly stderr: string
  /** What `docker` was asked to do, beside telling of itself. */
  readonly done: readonly string[]
  /** What lies in the lab's state folder. */
  readonly left: readonly string[]
}

const lab = (answers: Parameters<typeof fakeDocker>[0], ...words: string[]): Promise<Said> => labWith({}, answers, ...words)

const labWith = async (
  others: Readonly<Record<string, string>>,
  answers: Parameters<typeof fakeDocker>[0],
  ...words: string[]
): Promise<Said> => {
  const docker = await fakeDocker(answers)
  const home = await mkdtemp(join(tmpdir(), 'lab-unfit-'))
  const env = { PATH: docker.folder, HOME: home, LAB_STATE: join(home, 'state'), LAB_CACHE: join(home, 'cache'), ...others }
  const { exitCode, stdout, stderr } = await labHereWith(env, ...words)
  const left = (await readdir(join(home, 'state')).catch(() => [])).filter((name) => !name.startsWith('work.')) // the lock
  const done = (await docker.calls()).filter((line) => !/^(info|context|version|--version|ps|image ls)/.test(line))
  return { exitCode, stdout, stderr, done, left }
}

const doctor = async (info: object): Promise<{ exitCode: Printed['exitCode']; of: (name: string) => Finding | undefined }> => {
  const { exitCode, stdout } = await lab({ info }, 'doctor', '--offline', '--json')
  const findings = JSON.parse(stdout) as Finding[]
  for (const { state, why, next } of findings) expect(state === 'ok' || (why && next)).toBeTruthy()
  return { exitCode, of: (named) => findings.find(({ name }) => name === named) }
}

test.each([
  ['Podman in place of Docker', { info: podman }, /Podman: the engine is Podman/, /without the package podman-docker/],
  [
    'an engine on another machine',
    { info: debian, endpoint: 'ssh://me@build-host' },
    /remote engine: Docker is configured at ssh:\/\/me@build-host/,
    /docker context use default/,
  ],
  [
    'a user who may not use the engine',
    { info: null, complaint: 'permission denied while trying to connect to the Docker daemon socket' },
    /Docker engine: permission denied for this user/,
    /sudo usermod -aG docker \$USER/,
  ],
  ['an engine that is not started', { info: null }, /Docker engine: Docker is not running/, /sudo systemctl start docker/],
  [
    'a rootless engine on cgroup v1',
    { info: { ...rootless, CgroupVersion: '1', CgroupDriver: 'none' } },
    /rootless: on cgroup v1/,
    /systemd\.unified_cgroup_hierarchy=1/,
  ],
  [
    'a rootless engine without delegated controllers',
    { info: { ...rootless, CPUShares: false } },
    /rootless: it may not limit CPU time/,
    /Delegate=yes/,
  ],
  [
    'no room where Docker keeps its data',
    { info: { ...debian, DockerRootDir: '/proc' } }, // a file system that never has any
    /Docker's disk: 0\.0 GiB free at \/proc/,
    /docker system prune/,
  ],
  ['no tools to build with, and no registry', { info: debian }, /gcc: `gcc --version` does not work/, /gcc libc6-dev/],
])('%s: exit 3 with what, why and what to do; nothing is created', async (_what, answers, found, next) => {
  const { exitCode, stderr, done, left } = await lab(answers, 'up', '--offline')
  expect(exitCode).toBe(3)
  expect(stderr).toMatch(found)
  expect(stderr).toContain('why it matters:')
  expect(stderr).toMatch(next)
  expect({ done, left }).toEqual({ done: [], left: [] })
})

test('too little disk: exit 3 with the free and the required space, before anything is created', async () => {
  const full = { LAB_CACHE: '/proc' } // a file system that never has any room
  const { exitCode, stderr, done, left } = await labWith(full, { info: debian }, 'up', '--offline')
  expect(exitCode).toBe(3)
  expect(stderr).toMatch(/disk: 0\.0 GiB free at \/proc\n.*why it matters: .* GiB there\n.*LAB_CACHE/)
  expect({ done, left }).toEqual({ done: [], left: [] })
})

test('a host port in use: exit 3 with the port, before anything is created', async () => {
  const taken = createServer().listen(0, '0.0.0.0')
  onTestFinished(() => void taken.close())
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const shape = join(await mkdtemp(join(tmpdir(), 'lab-shape-')), 'port.yaml')
  const node = { role: 'control-plane', extraPortMappings: [{ containerPort: 80, hostPort: port }] }
  await writeFile(shape, stringify({ kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4', nodes: [node] }))
  const { exitCode, stderr, done, left } = await lab({ info: debian }, 'up', '--offline', '--shape', shape)
  expect(exitCode).toBe(3)
  expect(stderr).toContain(`port ${port}: in use`)
  expect({ done, left }).toEqual({ done: [], left: [] })
})

test('small-memory nodes of a rootless engine are refused before anything is made', async () => {
  const { exitCode, stderr, done, left } = await lab({ info: rootless }, 'run', 'missing-priority-class', '--quick', '--offline')
  expect(exitCode).toBe(3)
  expect(stderr).toContain('missing-priority-class needs nodes of size small-memory')
  expect(stderr).toMatch(/why: in a user namespace.*\/proc\/meminfo/)
  expect(stderr).toMatch(/next: .*root/)
  expect({ done, left }).toEqual({ done: [], left: [] })
  expect((await doctor(rootless)).of('rootless')).toMatchObject({
    state: 'warning',
    found: 'no nodes of size small-memory',
  })
})

test('Docker Desktop is described as the machine it is: what cannot be seen of it is not known', async () => {
  const { of } = await doctor({ ...dockerDesktop, MemTotal: 4 * 1024 ** 3 })
  expect(of('Docker engine')?.found).toMatch(
    /28\.0\.4, answers; Docker Desktop, aarch64; .*the guard against other load cannot see/,
  )
  expect(of("Docker's disk")?.found).toMatch(/^not known: \/var\/lib\/docker/)
  expect(of('inotify')?.found).toMatch(/^not known: .*Docker Desktop/)
  expect(of('cgroup')?.found).toBe('v2')
  expect(of('memory')).toMatchObject({
    state: 'warning',
    found: "4.0 GiB in Docker Desktop's virtual machine",
    next: 'Docker Desktop: Settings > Resources > Memory limit',
  })
  expect(of('run of all')?.found).toContain('4.0 GiB of memory')
})

test('Docker from a snap is a warning: it reads no hidden folders, such as the cache', async () => {
  const { of } = await doctor({ ...debian, DockerRootDir: '/var/snap/docker/common/var-lib-docker' })
  expect(of('snap')).toMatchObject({ state: 'warning', why: expect.stringContaining('hidden folders') as string })
})

test('setup as a user installs nothing: exit 3, and each missing thing with what to do', async () => {
  const user = vi.spyOn(process, 'getuid').mockReturnValue(1000)
  onTestFinished(() => user.mockRestore())
  const { exitCode, stderr, left } = await lab({ info: null }, 'setup', '--offline')
  expect([exitCode, left]).toEqual([3, []])
  expect(stderr).toContain('Something is missing that the lab cannot install')
  expect(stderr).toMatch(/^ {2}\| Docker engine: .*; .+$/m)
  expect(stderr).toMatch(/^ {2}next: .*`lab doctor`/m)
})

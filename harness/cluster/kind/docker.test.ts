import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { lookAtDocker } from './docker.ts'
import { runningEngine } from './engine.ts'
import { ownEndpoint } from './own-engine.ts'

const nobodyListens = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'

beforeEach(() => {
  vi.stubEnv('DOCKER_HOST', '')
  vi.stubEnv('DOCKER_CONTEXT', '')
})

test('an engine that takes too long is not one that is absent', async () => {
  await fakeProgram('docker', 'exec sleep 60')
  expect(await lookAtDocker(200)).toMatchObject({ engine: null, unknown: 'docker info took longer than 0.2 s' })
  await expect(runningEngine(200)).rejects.toMatchObject({ exit: 'cannotRun' })
})

test('without the program, or without a listener at the usual place, there is no engine', async () => {
  for (const words of [
    nobodyListens,
    'failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct',
  ]) {
    await fakeProgram('docker', `echo '${words}' >&2; exit 1`)
    expect(await runningEngine()).toBeNull()
  }
  vi.stubEnv('DOCKER_HOST', ownEndpoint)
  expect(await runningEngine(), 'the lab’s own has ended').toBeNull()
  vi.stubEnv('PATH', await mkdtemp(join(tmpdir(), 'lab-empty-')))
  expect(await runningEngine()).toBeNull()
})

test.each([
  ['DOCKER_HOST', 'unix:///mine.sock'],
  ['DOCKER_CONTEXT', 'mine'],
])('where %s names an engine without a listener, nothing is known of its clusters', async (name, value) => {
  await fakeProgram('docker', `echo '${nobodyListens}' >&2; exit 1`)
  vi.stubEnv(name, value)
  await expect(runningEngine()).rejects.toMatchObject({ exit: 'cannotRun', details: { why: nobodyListens } })
})

test.each([
  'permission denied while trying to connect to the Docker daemon socket',
  'socket: too many open files',
  'context "staging": not found',
  '',
])('any other complaint is not "none": %j', async (complaint) => {
  await fakeProgram('docker', `echo '${complaint}' >&2; exit 1`)
  await expect(runningEngine()).rejects.toMatchObject({ exit: 'cannotRun' })
})

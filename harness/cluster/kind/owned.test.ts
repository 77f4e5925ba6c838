import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { debian, fakeDocker } from '../../test/fixtures/fake-docker.ts'
import { areOwn, forget, isRecorded, isToStay, recordBegun, recordLasting, recordMade, refuseOtherEngine } from './owned.ts'

const node = (id: string, createdAt = '2026-11-01 10:00:00 +0000') => ({
  id,
  name: id,
  role: 'worker',
  state: 'running',
  createdAt,
})
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()

let state = ''
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'lab-state-'))
  vi.stubEnv('LAB_STATE', state)
})
afterEach(() => vi.unstubAllEnvs())

test('without a record no cluster is the lab’s own', async () => {
  expect(await areOwn([node('a')])).toBe(false)
})

test('a cluster is the lab’s own by its containers, whatever they are called', async () => {
  await recordMade([node('a'), node('b')], 'uid', true)
  expect(await areOwn([node('a'), node('b')])).toBe(true)
  expect(await areOwn([node('b')]), 'a node that somebody removed').toBe(true)
  expect(await areOwn([node('a'), node('another')])).toBe(false)
})

test('of a cluster that was cut off while it was made, what came after the record is the lab’s own, and what was there before is not', async () => {
  await recordBegun(true)
  expect(await areOwn([node('a', daysAgo(-0.001))])).toBe(true)
  expect(await areOwn([node('a', daysAgo(1))])).toBe(false)
})

test('a record that says nothing is none, and one that is forgotten leaves no file', async () => {
  await recordBegun(true)
  const [file = ''] = await readdir(state)
  await writeFile(join(state, file), '{"begunAt": "yesterday"')
  expect([await areOwn([node('a')]), await isRecorded()]).toEqual([false, false])
  await forget()
  expect(await readdir(state)).toEqual([])
})

test('a cluster stays after a kill if it was finished and meant to stay', async () => {
  expect(await isToStay(), 'without a record').toBe(true)
  await recordBegun(true)
  expect(await isToStay(), 'half-made').toBe(false)
  await recordMade([node('a')], 'uid', false)
  expect(await isToStay(), 'made for a run').toBe(false)
  await recordLasting()
  expect(await isToStay(), '`lab up` has found it and keeps it').toBe(true)
  expect(await areOwn([node('a')])).toBe(true)
})

test('where another engine answers than the one that made the cluster, it is not forgotten, unless the data of that engine is gone', async () => {
  const [one, other] = [await mkdtemp(join(tmpdir(), 'lab-engine-')), '/var/lib/another']
  const answers = async (DockerRootDir: string): Promise<void> =>
    void vi.stubEnv('PATH', (await fakeDocker({ info: { ...debian, DockerRootDir } })).folder)
  await answers(one)
  await recordMade([node('a')], 'uid', true)
  await expect(refuseOtherEngine()).resolves.toBeUndefined()
  await answers(other)
  await expect(refuseOtherEngine()).rejects.toMatchObject({
    message: 'Cluster incident-lab was made with another Docker engine than the one that answers',
    exit: 'cannotRun',
    details: { why: expect.stringContaining(`its engine has its data in ${one}`) as string },
  })
  await rm(one, { recursive: true })
  await expect(refuseOtherEngine()).resolves.toBeUndefined()
})

test('`lab down` without an engine that answers does not say that the cluster is gone', async () => {
  await recordMade([node('a')], 'uid', true)
  const { exitCode, stderr } = await execa('harness/cli/lab', ['down'], {
    cwd: resolve(import.meta.dirname, '../../..'),
    reject: false,
    env: { DOCKER_HOST: 'unix:///nonexistent.sock', LAB_STATE: state },
  })
  expect(exitCode, stderr).toBe(3)
  expect(stderr).toMatch(/The Docker engine does not answer.*\n {2}why: .* has a record of cluster incident-lab/)
})

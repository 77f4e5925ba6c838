import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeEngine, pathWith, silence } from '../../test/fixtures/fake-engine.ts'
import type { FakeNode } from '../../test/fixtures/fake-engine.ts'
import { labHereWith } from '../../test/fixtures/lab-command.ts'
import { runningEngine } from './engine.ts'
import { nodes } from './nodes.ts'
import { ownNodes, requireSameEngine } from './owned.ts'
import { forget, isKept, readRecord, recordBegun, recordFinished, recordKept } from './record.ts'
import { tokenMount } from './shape.ts'

let state = ''
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'lab-state-'))
  vi.stubEnv('LAB_STATE', state)
})
afterEach(() => vi.unstubAllEnvs())

const engineWith = async (these: readonly FakeNode[], rootDir?: string) => {
  const engine = await fakeEngine(these, rootDir)
  vi.stubEnv('PATH', pathWith(engine))
  return engine
}
const [a, b, c] = [
  { id: 'a', mount: tokenMount('mine') },
  { id: 'b', mount: tokenMount('mine') },
  { id: 'c', mount: tokenMount('theirs') },
]
const ownIds = async (): Promise<string[]> => (await ownNodes(await nodes())).map(({ id }) => id)

test('without a record no node is the lab’s own', async () => {
  await engineWith([a])
  expect(await ownIds()).toEqual([])
})

test('from the moment kind makes them, nodes with the recorded token are the lab’s own, and others of that name are not', async () => {
  await engineWith([a, b, c])
  await recordBegun('mine', true)
  expect(await ownIds()).toEqual(['a', 'b'])
})

test('nodes of a lab that drew no token are known by their ids', async () => {
  await engineWith([a, c])
  await recordBegun('unused', true)
  await recordFinished(['c'], 'uid')
  expect(await ownIds()).toEqual(['c'])
})

test('a record that says nothing is none, and one that is forgotten leaves no file', async () => {
  await engineWith([a])
  await recordBegun('mine', true)
  const [file = ''] = await readdir(state)
  await writeFile(join(state, file), '{"begunAt": "yesterday"')
  expect([await ownIds(), await readRecord()]).toEqual([[], null])
  await forget()
  expect(await readdir(state)).toEqual([])
})

test('a cluster stays after a kill if it was finished and made to stay', async () => {
  await engineWith([a])
  expect(await isKept(), 'without a record').toBe(true)
  await recordBegun('mine', false)
  expect(await isKept(), 'half-made').toBe(false)
  await recordFinished(['a'], 'uid')
  expect(await isKept(), 'made for a run').toBe(false)
  await recordKept()
  expect(await isKept(), '`lab up` has found it and keeps it').toBe(true)
  expect(await ownIds()).toEqual(['a'])
})

test('where another engine answers than the one that made the cluster, it is not forgotten, unless the data of that engine is gone', async () => {
  const one = await mkdtemp(join(tmpdir(), 'lab-engine-'))
  const answering = async () => {
    const engine = await runningEngine()
    if (!engine) throw new Error('the fake engine answers')
    return engine
  }
  await engineWith([a], one)
  await recordBegun('mine', true)
  await expect(requireSameEngine(await answering())).resolves.toBeUndefined()
  await engineWith([a], '/var/lib/another')
  await expect(requireSameEngine(await answering())).rejects.toMatchObject({
    message: expect.stringContaining('a different Docker engine') as string,
    exit: 'cannotRun',
    details: { why: expect.stringContaining(one) as string },
  })
  await rm(one, { recursive: true })
  await expect(requireSameEngine(await answering())).resolves.toBeUndefined()
})

const lab = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  labHereWith({ LAB_STATE: state, ...env }, ...words)

test('`lab down` without an engine does not say that the cluster is gone', async () => {
  const engine = await engineWith([a])
  await recordBegun('mine', true)
  await engine.always(silence.gone)
  const { exitCode, stderr } = await lab(['down'], { PATH: pathWith(engine) })
  expect(exitCode, stderr).toBe(3)
  expect(stderr).toContain('cannot tell')
})

test.each([
  ['the engine named by DOCKER_HOST is gone', { DOCKER_HOST: 'unix:///nonexistent.sock' }, silence.gone],
  [
    'the context named by DOCKER_CONTEXT does not exist',
    { DOCKER_CONTEXT: 'none' },
    'silent="context \\"none\\": context not found"',
  ],
  ['this process may open few files', {}, silence.crowded],
  ['the engine is slow', {}, silence.slow],
])('`lab status` does not say that there is no cluster where %s', async (_, env, silent) => {
  const engine = await fakeEngine([])
  await engine.always(silent)
  const { exitCode, stdout, stderr } = await lab(['status'], { PATH: pathWith(engine), ...env })
  expect([exitCode, stdout], stderr).toEqual([3, ''])
  expect(stderr).toContain('cannot tell')
})

test('a cluster that the lab did not create is neither used nor removed, unless it is named', async () => {
  const engine = await fakeEngine([c])
  const env = { PATH: pathWith(engine) }
  for (const words of [['up'], ['down'], ['run', 'cpu-limit-throttling', '--quick']]) {
    const { exitCode, stderr } = await lab(words, env)
    expect(exitCode, stderr).toBe(3)
    expect(stderr).toMatch(/incident-lab exists, but this lab did not/)
    expect(stderr).toMatch(/next: `--name NAME`.*`lab down --force incident-lab`/)
    expect(await engine.ids()).toEqual(['c'])
  }
  expect((await lab(['down', '--force', 'another'], env)).exitCode).toBe(2)
  expect(await engine.ids()).toEqual(['c'])
  expect((await lab(['down', '--force', 'incident-lab'], env)).exitCode).toBe(0)
  expect(await engine.ids()).toEqual([])
})

test('a cluster that one state folder made, seen from another, is another’s: it is named, and not removed', async () => {
  const engine = await engineWith([a, b])
  await recordBegun('mine', true)
  await recordFinished(['a', 'b'], 'uid')
  const env = { PATH: pathWith(engine) }
  const { exitCode, stderr } = await lab(['down'], { ...env, LAB_STATE: await mkdtemp(join(tmpdir(), 'lab-state-')) })
  expect(exitCode, stderr).toBe(3)
  expect(stderr).toContain('| incident-lab-a: exited, created 2026-11-29 10:00:00')
  expect(await engine.ids()).toEqual(['a', 'b'])
  expect((await lab(['down'], env)).exitCode, 'its own removes it').toBe(0)
  expect(await engine.ids()).toEqual([])
})

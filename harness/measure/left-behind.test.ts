import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { provider } from '../cluster/index.ts'
import { fakeEngine, pathWith } from '../test/fixtures/fake-engine.ts'
import { cleanUp } from './left-behind.ts'

afterEach(() => vi.unstubAllEnvs())

test('`lab clean` removes the credentials of a killed exercise and drafts of the lab’s own files, and nothing else from the state folder', async () => {
  const [state, cache] = [await mkdtemp(join(tmpdir(), 'lab-state-')), await mkdtemp(join(tmpdir(), 'lab-cache-'))]
  for (const [name, value] of Object.entries({ LAB_STATE: state, LAB_CACHE: cache, PATH: pathWith(await fakeEngine([])) }))
    vi.stubEnv(name, value)
  for (const name of ['exercise.json', 'exercise-kubeconfig', 'incident-lab.made.json.draft', 'notes.draft'])
    await writeFile(join(state, name), '')
  await mkdir(join(state, 'letter.draft'))
  await writeFile(join(state, 'letter.draft', 'mine'), '')
  const work = {
    step: <T>(_: string, run: (say: () => void) => Promise<T>) => run(() => {}),
    signal: new AbortController().signal,
  }
  const { undone, left } = await cleanUp(provider, work)
  expect(undone.toSorted()).toEqual(['draft incident-lab.made.json.draft', 'file exercise-kubeconfig', 'file exercise.json'])
  expect(left).toEqual([])
  expect((await readdir(state)).toSorted()).toEqual(['letter.draft', 'notes.draft'])
})

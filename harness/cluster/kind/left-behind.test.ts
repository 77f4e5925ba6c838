import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { leftBehind } from './left-behind.ts'

test('drafts that killed commands left in the cache and in the state folder are found and removed, also while no engine runs', async () => {
  await fakeProgram('docker', 'exit 1')
  const [cache, state] = await Promise.all(['cache', 'state'].map((name) => mkdtemp(join(tmpdir(), `lab-${name}-`))))
  vi.stubEnv('LAB_CACHE', cache)
  vi.stubEnv('LAB_STATE', state)
  const left = [join(`${cache}`, 'thing-abd.draft-4194999'), join(`${state}`, 'incident-lab.made.json.draft')]
  for (const path of [...left, join(`${cache}`, 'thing-abc'), join(`${state}`, 'clean.log')]) await writeFile(path, '')
  const work = { step: () => Promise.reject(new Error('nothing to wait for')), signal: new AbortController().signal }
  const { leftovers } = await leftBehind(work)
  expect(leftovers.flatMap(({ found }) => found)).toEqual(left.map((path) => `draft ${path}`))
  for (const { undo } of leftovers) await undo()
  expect([await readdir(`${cache}`), await readdir(`${state}`)]).toEqual([['thing-abc'], ['clean.log']])
})

import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stateDir } from '../places.ts'
import { cacheDir, cached, contentHash, deadDrafts, inScratch } from './cache.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-cache-'))
  vi.stubEnv('LAB_CACHE', folder)
})
afterEach(() => vi.unstubAllEnvs())

test('a thing is made once, then found', async () => {
  let made = 0
  const make = async (draft: string): Promise<void> => {
    made++
    await writeFile(draft, 'content')
  }
  expect(await cached('thing', 'abc', make)).toBe(join(folder, 'thing-abc'))
  await cached('thing', 'abc', make)
  expect(made).toBe(1)
})

test('what failed half-way leaves nothing that looks finished', async () => {
  const failing = async (draft: string): Promise<void> => {
    await writeFile(draft, 'half')
    throw new Error('cut off')
  }
  await expect(cached('thing', 'abc', failing)).rejects.toThrow('cut off')
  expect(await readdir(folder)).toEqual([])
})

test('drafts of processes that were killed are found; finished things and drafts being written are not', async () => {
  const names = ['thing-abc', 'thing-abd.draft-4194999', 'build.draft-4194999-x1', `thing-abe.draft-${process.pid}`]
  for (const name of names) await writeFile(join(folder, name), '')
  const dead = [names[2] ?? '', names[1] ?? ''].map((name) => join(folder, name))
  await inScratch(async () => expect((await deadDrafts()).toSorted()).toEqual(dead))
})

test('the hash follows content, names and words, and not where the folder lies', async () => {
  const write = async (root: string, text: string): Promise<void> => {
    await mkdir(join(root, 'part'), { recursive: true })
    await writeFile(join(root, 'part/file'), text)
  }
  const [one, two, other] = [join(folder, 'one'), join(folder, 'two'), join(folder, 'other')]
  await Promise.all([write(one, 'same'), write(two, 'same'), write(other, 'changed')])
  const hash = await contentHash(one, ['part'], ['word'])
  expect(await contentHash(two, ['part'], ['word'])).toBe(hash)
  expect(await contentHash(other, ['part'], ['word'])).not.toBe(hash)
  expect(await contentHash(one, ['part'], ['another'])).not.toBe(hash)
  expect(await readFile(join(one, 'part/file'), 'utf8')).toBe('same')
})

test('a variable that is empty is as one that is not set: nothing is looked for in the current folder', () => {
  for (const name of ['LAB_STATE', 'LAB_CACHE', 'XDG_STATE_HOME', 'XDG_CACHE_HOME']) vi.stubEnv(name, '')
  expect(stateDir()).toBe(join(homedir(), '.local/state/kubernetes-incident-lab'))
  expect(cacheDir()).toBe(join(homedir(), '.cache/kubernetes-incident-lab'))
})

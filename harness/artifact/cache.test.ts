import { chmod, chown, mkdir, mkdtemp, readFile, readdir, truncate, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stateDir } from '../places.ts'
import { cacheDir, useCache, contentHash, deadDrafts, inScratch } from './cache.ts'

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
  expect(await useCache('thing', 'abc', make)).toBe(join(folder, 'thing-abc'))
  await useCache('thing', 'abc', make)
  expect(made).toBe(1)
})

test('what failed half-way leaves nothing that looks finished', async () => {
  const failing = async (draft: string): Promise<void> => {
    await writeFile(draft, 'half')
    throw new Error('cut off')
  }
  await expect(useCache('thing', 'abc', failing)).rejects.toThrow('cut off')
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

const program = async (draft: string): Promise<void> => {
  await writeFile(draft, '#!/bin/sh\necho good\n', { mode: 0o755 })
}
const text = (path: string): Promise<string> => readFile(path, 'utf8')

test('a program that was changed after it was made is made again, and never used', async () => {
  const path = await useCache('kind', 'abc', program)
  await writeFile(path, '#!/bin/sh\necho evil\n')
  expect(await text(await useCache('kind', 'abc', program))).toContain('good')
})

test('a file that lost its end is made again, whatever it is', async () => {
  const data = (draft: string): Promise<void> => writeFile(draft, 'all of it')
  await truncate(await useCache('rootfs.tar', 'abc', data), 3)
  expect(await text(await useCache('rootfs.tar', 'abc', data))).toBe('all of it')
})

test('a large file that is not executed is not read again: only its size is checked', async () => {
  const data = (draft: string): Promise<void> => writeFile(draft, 'all of it')
  const path = await useCache('rootfs.tar', 'abc', data)
  await writeFile(path, 'not of it')
  expect(await text(await useCache('rootfs.tar', 'abc', data))).toBe('not of it')
})

test('what an older lab made, without a record, is taken as it is and recorded; from then on a change is seen', async () => {
  await program(join(folder, 'kind-abc'))
  const never = (): Promise<void> => Promise.reject(new Error('made again'))
  const path = await useCache('kind', 'abc', never)
  expect((await readdir(folder)).toSorted()).toEqual(['kind-abc', 'kind-abc.sha256'])
  await writeFile(path, '#!/bin/sh\necho evil\n')
  await expect(useCache('kind', 'abc', never)).rejects.toThrow('made again')
})

test('a record that was cut off is none', async () => {
  const path = await useCache('kind', 'abc', program)
  await writeFile(`${path}.sha256`, '')
  expect(await useCache('kind', 'abc', program)).toBe(path)
  expect(await text(`${path}.sha256`)).toMatch(/^[0-9a-f]{64} \d+\n$/)
})

const isRoot = process.getuid?.() === 0

test('root takes nothing from a cache that others can change: its folder, or one that holds it', async ({ skip }) => {
  skip(!isRoot, 'only root is asked')
  const refused = { exit: 'cannotRun', message: expect.stringContaining('Other users can change') as unknown }
  const make = () => useCache('kind', 'abc', program)
  await make()
  await chmod(folder, 0o777)
  await expect(make()).rejects.toMatchObject(refused)
  await chmod(folder, 0o755)
  await make()
  await chown(folder, 65_534, 65_534)
  await expect(make()).rejects.toMatchObject(refused)
  await chown(folder, 0, 0)
  const inside = join(folder, 'inside')
  vi.stubEnv('LAB_CACHE', inside)
  await chmod(folder, 0o777)
  await expect(make()).rejects.toMatchObject(refused)
  await chmod(folder, 0o1777) // like /tmp: users cannot rename files of others
  await make()
})

test('root takes no program that another user owns or may change', async ({ skip }) => {
  skip(!isRoot, 'only root is asked')
  const path = await useCache('kind', 'abc', program)
  await chown(path, 65_534, 65_534)
  await expect(useCache('kind', 'abc', program)).rejects.toMatchObject({ message: expect.stringContaining(path) as unknown })
})

// Decides which values are in use, from each of the places they can be read from.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDatabase } from './database.ts'
import { sourceOf } from './source.ts'

const blue = { DB_HOST: 'blue', DB_USER: 'reader', DB_PASSWORD: 'secret', DB_NAME: 'orders' }
const database = { host: 'blue', user: 'reader', password: 'secret', name: 'orders' }
const settings = { port: 0, pod: 'web-1', configFolder: '/nowhere' } as const

const folderOf = async (files: Readonly<Record<string, string>>, onFinished: (cleanUp: () => Promise<void>) => void) => {
  const folder = await mkdtemp(join(tmpdir(), 'db-reader-'))
  onFinished(() => rm(folder, { recursive: true }))
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
  for (const [name, text] of Object.entries(files)) await write(name, text)
  return { folder, write }
}

test('the environment says where the database is', async () => {
  expect(await readDatabase({ ...settings, configFrom: 'environment' }, blue)).toEqual({ kind: 'valid', database })
})

test('files say it instead of the environment, and may end with a line break', async ({ onTestFinished }) => {
  const { folder } = await folderOf({ ...blue, DB_HOST: 'green\n' }, onTestFinished)
  const outcome = await readDatabase({ ...settings, configFrom: 'file', configFolder: folder }, blue)
  expect(outcome).toEqual({ kind: 'valid', database: { ...database, host: 'green' } })
})

test('what is missing or empty is named all at once, with the place it was looked for', async ({ onTestFinished }) => {
  const { folder } = await folderOf({ DB_HOST: 'blue', DB_USER: '\n' }, onTestFinished)
  expect(await readDatabase({ ...settings, configFrom: 'file-at-start', configFolder: folder }, blue)).toEqual({
    kind: 'invalid',
    problems: ['DB_USER', 'DB_PASSWORD', 'DB_NAME'].map(
      (key) => `${key} is missing in ${folder}, or empty. Set it from the ConfigMap.`,
    ),
  })
})

test('read once, the values stay those of the start', async () => {
  const source = sourceOf(database)
  const { since } = source.inUse()
  expect(await source.next()).toEqual(database)
  expect(source.inUse()).toEqual({ host: 'blue', user: 'reader', since })
})

test('read again, the values are those of the last reading, and `since` is the time of the first reading of them', async () => {
  let host = 'blue'
  const source = sourceOf(database, async () => ({ kind: 'valid', database: { ...database, host } }))
  const { since } = source.inUse()
  await source.next()
  expect(source.inUse()).toEqual({ host: 'blue', user: 'reader', since })
  host = 'green'
  expect(source.inUse().host).toBe('blue')
  const beforeMs = Date.now()
  expect((await source.next()).host).toBe('green')
  expect(source.inUse()).toMatchObject({ host: 'green', user: 'reader' })
  expect(Date.parse(source.inUse().since)).toBeGreaterThanOrEqual(beforeMs)
})

test('a reading with something wrong in it gives no connection, and leaves what is in use', async () => {
  const source = sourceOf(database, async () => ({ kind: 'invalid', problems: ['DB_HOST is missing.'] }))
  await expect(source.next()).rejects.toThrow('DB_HOST is missing.')
  expect(source.inUse().host).toBe('blue')
})

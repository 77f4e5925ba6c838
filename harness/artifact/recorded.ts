// Whether a cache file is unchanged: next to each file is a record of its SHA-256 and size.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { Stats } from 'node:fs'

const recordOf = (path: string): string => `${path}.sha256`

/** Writes or replaces the record of a file. `of`: current path of the file, before it is renamed. */
export const record = async (path: string, of = path): Promise<void> => {
  const { size } = await stat(of)
  const draft = `${recordOf(path)}.draft-${process.pid}`
  try {
    await writeFile(draft, `${await sha256Of(of)} ${size}\n`, { flush: true })
    await rename(draft, recordOf(path))
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Whether a file matches its record. It reads executables completely, once per process unless they change; of other files, which can be gigabytes, it
 * compares the size. A file without a record comes from an older lab: it is recorded as it is, since anyone who could place it there could have
 * written its record, too.
 */
export const isAsRecorded = async (path: string): Promise<boolean> => {
  const found = await stat(path)
  const [, sha256, size] = /^([0-9a-f]{64}) (\d+)\n$/.exec(await readFile(recordOf(path), 'utf8').catch(() => '')) ?? []
  if (sha256 === undefined) {
    await record(path)
    return true
  }
  if (Number(size) !== found.size) return false
  return (found.mode & 0o111) === 0 || (await hashOf(path, found)) === sha256
}

/** Keyed by attributes that change with each write, so that a process reads a file once. */
const known = new Map<string, Promise<string>>()

const hashOf = (path: string, { ino, size, mtimeMs, ctimeMs }: Stats): Promise<string> => {
  const key = [path, ino, size, mtimeMs, ctimeMs].join(' ')
  const hash = known.get(key) ?? sha256Of(path)
  known.set(key, hash)
  return hash
}

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

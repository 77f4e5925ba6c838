// Whether a file of the cache is still what the lab put there: beside each lies a record of its SHA-256 and its size.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { Stats } from 'node:fs'

const recordOf = (path: string): string => `${path}.sha256`

/** Writes the record of a file, in place of any other. `of`: where the file is now, before it takes its name. */
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
 * Whether a file is as recorded. What is run is read whole, once a process while it stays as it is; of anything else, which can be gigabytes, the
 * size is looked at. A file without a record is of an older lab: it is recorded as it is, since anyone who could put it there could have
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

/** By what changes when somebody writes to a file: a process reads it once. */
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

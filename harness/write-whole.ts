// Atomic writes: a reader sees the old file or the complete new one.
import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const ending = '.draft'

/** Durable when it resolves, even after a power cut; a failed write leaves nothing. Replaces a symbolic link instead of following it. */
export const writeWhole = async (path: string, text: string, mode = 0o666): Promise<void> => {
  const draft = `${path}${ending}`
  await rm(draft, { force: true }) // left by a killed process; does not follow a link
  try {
    await writeFile(draft, text, { flush: true, mode })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {}) // the first error is more useful
    throw error
  }
}

/** Paths of drafts that killed processes left in a folder; no other process may write there now. */
export const draftsIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name))
}

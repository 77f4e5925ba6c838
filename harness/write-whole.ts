// A file that is never seen half written: under its own name it is what it was before, or all of what it becomes.
import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const ending = '.draft'

/** On disk when it resolves, also should the machine lose power; what could not be written leaves nothing. A link of that name is replaced, not followed. */
export const writeWhole = async (path: string, text: string, mode = 0o666): Promise<void> => {
  const draft = `${path}${ending}`
  await rm(draft, { force: true }) // of a process that was killed; a link is not followed either
  try {
    await writeFile(draft, text, { flush: true, mode })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {}) // the first error says more
    throw error
  }
}

/** Paths of what processes that were killed left in a folder: nobody else writes there now. */
export const draftsIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name))
}

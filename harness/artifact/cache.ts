// The cache of builds: one file each, named by the hash of its inputs.
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, relative } from 'node:path'
import { isAlive } from '../is-alive.ts'
import { isThere } from '../places.ts'
import type { BuildCost } from '../model/build-cost.ts'
import { requireOwnCache } from './own-cache.ts'
import { sharedBuilds } from './build-together.ts'
import { isAsRecorded, record } from './recorded.ts'

/** The lab's cache, outside of repositories so that all clones share it. `LAB_CACHE` overrides it. */
export const cacheDir = (): string =>
  process.env.LAB_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kubernetes-incident-lab')

/** Hash of words and of whole files or folders; paths are relative to `root`, so that every clone computes the same hash. */
export const contentHash = async (root: string, paths: readonly string[], words: readonly string[] = []): Promise<string> => {
  const hash = createHash('sha256')
  for (const word of words) hash.update(`word ${word}\n`)
  for (const path of paths) {
    for (const file of await filesBelow(join(root, path))) {
      const { mode } = await stat(file)
      hash.update(`file ${relative(root, file)} ${mode & 0o111 ? 'x' : '-'}\n`).update(await readFile(file))
    }
  }
  return hash.digest('hex').slice(0, 12)
}

const filesBelow = async (path: string): Promise<string[]> => {
  if ((await stat(path)).isFile()) return [path]
  const entries = (await readdir(path)).toSorted()
  return (await Promise.all(entries.map((entry) => filesBelow(join(path, entry))))).flat()
}

/** A file of the cache: its name, and the function that builds it. */
export interface Artifact {
  readonly name: string
  readonly hash: string
  readonly tool: 'go' | 'gcc' | 'mmdebstrap' | 'pip'
  readonly cost: BuildCost
}

export const isCached = ({ name, hash }: Pick<Artifact, 'name' | 'hash'>): Promise<boolean> => isThere(pathOf(name, hash))

const pathOf = (name: string, hash: string): string => join(cacheDir(), `${name}-${hash}`)

/**
 * The cached file `name-hash`; `make` builds it if it is missing or damaged. `make` writes to a draft path;
 * the draft is renamed only when it is complete and on disk, so neither an interrupted build nor a power cut leaves a file that looks finished. Overlapping
 * calls for the same file build it once.
 */
export const useCache = (name: string, hash: string, make: (draft: string) => Promise<void>): Promise<string> => {
  const path = pathOf(name, hash)
  return shared(path, () => madeUnlessThere(path, make))
}

const shared = sharedBuilds<string>()

const madeUnlessThere = async (path: string, make: (draft: string) => Promise<void>): Promise<string> => {
  await openCache()
  if (await isThere(path)) {
    await requireOwnCache(path)
    if (await isAsRecorded(path)) return path
  }
  const draft = `${path}.draft-${process.pid}`
  try {
    await make(draft)
    await flush(draft)
    await record(path, draft)
    await rename(draft, path)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return path
}

const openCache = async (): Promise<void> => {
  await mkdir(cacheDir(), { recursive: true })
  await requireOwnCache(cacheDir())
}

/** Syncs to disk: otherwise the name could survive a power cut without the content. */
const flush = async (path: string): Promise<void> => {
  const file = await open(path)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A folder that exists while `work` runs, on the cache's file system so that files can be linked into it. */
export const inScratch = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  await openCache()
  const folder = await mkdtemp(join(cacheDir(), `build.draft-${process.pid}-`))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Paths of drafts and scratch folders in the cache whose processes ended before they could remove them. */
export const deadDrafts = async (): Promise<string[]> => {
  const names = await readdir(cacheDir()).catch(() => [])
  const dead = names.filter((name) => {
    const pid = /\.draft-(\d+)/.exec(name)?.[1]
    return pid !== undefined && !isAlive(Number(pid))
  })
  return dead.map((name) => join(cacheDir(), name))
}

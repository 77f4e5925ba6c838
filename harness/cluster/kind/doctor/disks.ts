// Free disk space, and the backing of small node disks.
import { mkdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDir } from '../../../artifact/cache.ts'
import type { Route } from '../../../artifact/image.ts'
import { isThere } from '../../../places.ts'
import type { Finding } from '../../provider.ts'
import type { Docker } from '../docker.ts'
import { gib } from '../machine.ts'
import type { Here, Machine } from '../machine.ts'

/**
 * GiB of free disk that a first run needs. For the engine: 2 for pulled or built images, 3 for two preloaded node images,
 * 3 for what nodes write, including their small disks of 0.8 each. For the cache: compiled and unpacked programs, plus Go's own caches.
 * The sum of 12 was enough offline; the parts are estimates.
 */
const neededDiskGib = { registry: { engine: 8, cache: 1 }, offline: { engine: 8, cache: 4 } }

/** Of the cache's folder and of the engine's; they may share a file system. An engine that the lab starts has its data in the cache. */
export const disks = async (route: Route, { engine: found }: Docker, machine: Machine): Promise<Finding[]> => {
  await mkdir(cacheDir(), { recursive: true })
  const needed = neededDiskGib[route]
  const cache = await diskOf(cacheDir())
  const ofEngine = found && machine.isHere ? await diskOf(found.rootDir) : null
  if (!found || (ofEngine && ofEngine.device === cache?.device))
    return [disk('disk', cacheDir(), cache, needed.cache + needed.engine)]
  const other: Finding = ofEngine
    ? disk("Docker's disk", found.rootDir, ofEngine, needed.engine)
    : {
        name: "Docker's disk",
        state: 'ok',
        found: `not known: ${found.rootDir} of ${machine.isHere ? 'the engine' : "the engine's machine"} cannot be seen from here; it needs up to ${needed.engine} GiB`,
      }
  return [disk('disk', cacheDir(), cache, needed.cache), other]
}

interface Disk {
  readonly freeGib: number
  readonly device: number
}

/** Null: this user cannot see such a folder. */
const diskOf = async (path: string): Promise<Disk | null> => {
  try {
    const [{ bavail, bsize }, { dev }] = await Promise.all([statfs(path), stat(path)])
    return { freeGib: (bavail * bsize) / gib, device: dev }
  } catch {
    return null
  }
}

const disk = (name: string, path: string, found: Disk | null, neededGib: number): Finding => {
  const freeGib = found?.freeGib ?? 0
  const free = `${freeGib.toFixed(1)} GiB free at ${path}`
  if (freeGib >= neededGib) return { name, state: 'ok', found: free }
  return {
    name,
    state: 'missing',
    found: free,
    why: `images and nodes take up to ${neededGib} GiB there`,
    next:
      path === cacheDir()
        ? 'free some space (`docker system df` shows what Docker holds), or set LAB_CACHE to a folder with room'
        : 'free some space: `docker system df` shows what Docker holds, `docker system prune` removes what nothing uses',
  }
}

/** Backing of the small disk of nodes whose disk a scenario floods. Only a run shows whether a node may mount it. */
export const smallDisks = async ({ engine: found }: Docker, { isHere }: Machine, { root }: Here): Promise<Finding> => {
  const name = 'small disks'
  if (!isHere) return { name, state: 'ok', found: 'not known before a run' }
  const loops = !found?.rootless && (await isThere(join(root, 'dev/loop-control')))
  return { name, state: 'ok', found: loops ? 'loop devices' : 'no loop devices: file systems in memory (tmpfs) instead' }
}

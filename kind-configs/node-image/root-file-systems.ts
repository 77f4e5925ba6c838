// The Debian parts of the offline images: a tar archive of exactly the packages named.
import { $ } from '../../harness/artifact/shell.ts'
import { buildCosts } from '../../harness/artifact/build-costs.ts'
import { packerStep } from '../../harness/artifact/build-together.ts'
import { useCache, contentHash } from '../../harness/artifact/cache.ts'
import type { Artifact } from '../../harness/artifact/cache.ts'
import type { Work } from '../../harness/model/work.ts'
import { debian } from './versions.ts'

const unread = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*', '/usr/share/zoneinfo/*']

/** What goes into an archive. */
export interface Packages {
  /** Of the image it is for, to tell it by. */
  readonly name: string
  readonly packages: readonly string[]
  /** Paths of unused files, besides documentation and the like. */
  readonly leftOut?: readonly string[]
}

/** Path of the archive in the cache: a whole Debian, installed. */
export const rootFileSystem = async (work: Work, name: 'base' | 'node'): Promise<string> => archive(work, await wholeDebian(name))

export const wholeDebian = (name: 'base' | 'node'): Promise<Archive> =>
  archiveOf({ name, packages: debian[name] }, ['--variant=essential'])

/** Path of the archive in the cache: the files of packages and of what they need, for a layer on such a Debian. Nothing is set up. */
export const packageFiles = async (work: Work, packages: Packages): Promise<string> => archive(work, await filesOf(packages))

export const filesOf = (packages: Packages): Promise<Archive> => archiveOf(packages, onlyUnpacked)

/** The hook gives the archive the links /bin, /lib and so on, which the Debian below it has. */
const onlyUnpacked = ['--variant=extract', '--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr']

interface Archive extends Artifact {
  readonly flags: readonly string[]
}

const archiveOf = async ({ name, packages, leftOut = [] }: Packages, how: readonly string[]): Promise<Archive> => {
  const excluded = [...unread, ...leftOut].map((path) => `--dpkgopt=path-exclude=${path}`)
  const flags = [...excluded, ...how, `--include=${packages.join(',')}`]
  const hash = await contentHash('', [], [debian.suite, ...flags])
  return { name: `debian-${name}`, hash: `${hash}.tar`, tool: 'mmdebstrap', cost: buildCosts.debian, flags }
}

/** Debian's mirror is whatever this machine uses. */
const archive = async (work: Work, { name, hash, flags, cost }: Archive): Promise<string> =>
  useCache(name, hash, (draft) =>
    packerStep(work, `unpack Debian ${debian.suite} for the ${name.replace('debian-', '')} image`, cost, async () => {
      await $({ quiet: true, signal: work.signal })`mmdebstrap --quiet --format=tar ${[...flags]} ${debian.suite} ${draft}`
    }),
  )

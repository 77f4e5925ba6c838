// The Debian parts of the offline images: a tar archive of exactly the packages named in versions.ts.
import { $ } from 'zx'
import { cached, contentHash } from '../../harness/artefact/cache.ts'
import type { Work } from '../../harness/model/step.ts'
import { debian } from './versions.ts'

const unread = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*', '/usr/share/zoneinfo/*']

/** Path of the archive in the cache. Debian's mirror is whatever this machine uses. */
export const rootFileSystem = async (work: Work, name: 'base' | 'node'): Promise<string> => {
  const packages = debian[name].join(',')
  const flags = [...unread.map((path) => `--dpkgopt=path-exclude=${path}`), '--variant=essential', `--include=${packages}`]
  const hash = await contentHash('', [], [debian.suite, ...flags])
  return cached(`debian-${name}`, `${hash}.tar`, (draft) =>
    work.step(`unpack Debian ${debian.suite} for the ${name} image`, async () => {
      await $({ quiet: true, signal: work.signal })`mmdebstrap --quiet --format=tar ${flags} ${debian.suite} ${draft}`
    }),
  )
}

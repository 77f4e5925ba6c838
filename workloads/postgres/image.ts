// PostgreSQL: its own image where it can be pulled, else Debian's packages. Both start by the same script, as the same user.
import { cp, link } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { contentHash, inScratch } from '../../harness/artefact/cache.ts'
import { dockerBuild, image } from '../../harness/artefact/image.ts'
import type { ImageSource } from '../../harness/artefact/image.ts'
import type { Work } from '../../harness/model/step.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'
import { packageFiles } from '../../kind-configs/node-image/root-file-systems.ts'

const here = import.meta.dirname
const name = 'incident-lab/postgres'

export const source: ImageSource = {
  name,
  online: async (work) => ({
    reference: await built(work, 'online.Dockerfile'),
    from: 'postgres:17, pinned by digest in workloads/postgres/online.Dockerfile',
  }),
  offline: async (work) => {
    const base = await baseImage(work)
    const files = await packageFiles(work, { name: 'postgres', packages: ['postgresql-15'], leftOut })
    const reference = await built(work, 'offline.Dockerfile', { base, files })
    return { reference, from: `built here on ${base} from Debian's package postgresql-15` }
  },
}

/** Two thirds of what the packages hold: Perl and the JIT compiler of PostgreSQL, which start.sh turns off, with what only that needs. */
const leftOut = [
  '/usr/lib/postgresql/15/lib/bitcode/*',
  '/usr/lib/postgresql/15/lib/llvmjit*',
  '/usr/lib/x86_64-linux-gnu/libLLVM*',
  '/usr/lib/x86_64-linux-gnu/libz3*',
  '/usr/lib/x86_64-linux-gnu/libperl*',
  '/usr/lib/x86_64-linux-gnu/perl/*',
  '/usr/bin/perl*',
  '/usr/share/perl/*',
  '/usr/share/i18n/*',
]

/** `parts` are what the offline image is made from besides. */
const built = async (
  work: Work,
  dockerfile: string,
  parts?: { readonly base: string; readonly files: string },
): Promise<string> => {
  const hash = await contentHash(here, [dockerfile, 'start.sh'], parts && [parts.base, basename(parts.files)])
  return image(work, name, hash, (reference) =>
    inScratch(async (scratch) => {
      await cp(join(here, dockerfile), join(scratch, 'Dockerfile'))
      await cp(join(here, 'start.sh'), join(scratch, 'start.sh'))
      if (parts) await link(parts.files, join(scratch, 'postgres.tar'))
      await dockerBuild(work, scratch, reference, parts ? ['--build-arg', `BASE=${parts.base}`] : [])
    }),
  )
}

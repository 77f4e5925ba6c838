// PostgreSQL: its own image where it can be pulled, else Debian's packages. Both start by the same script, as the same user.
import { join } from 'node:path'
import { dockerfileImage } from '../../harness/artefact/image.ts'
import type { ImageSource } from '../../harness/artefact/image.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'
import { packageFiles } from '../../kind-configs/node-image/root-file-systems.ts'

const here = import.meta.dirname
const name = 'incident-lab/postgres'
const start = join(here, 'start.sh')

export const source: ImageSource = {
  name,
  online: async (work) => ({
    reference: await dockerfileImage(work, name, { dockerfile: join(here, 'online.Dockerfile'), files: { 'start.sh': start } }),
    from: 'postgres:17, pinned by digest in workloads/postgres/online.Dockerfile',
  }),
  offline: async (work) => {
    const base = await baseImage(work)
    const packaged = await packageFiles(work, { name: 'postgres', packages: ['postgresql-15'], leftOut })
    const files = { 'start.sh': start, 'postgres.tar': packaged }
    const reference = await dockerfileImage(work, name, {
      dockerfile: join(here, 'offline.Dockerfile'),
      files,
      args: { BASE: base },
    })
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

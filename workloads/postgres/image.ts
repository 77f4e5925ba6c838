// PostgreSQL: its own image where it can be pulled, else Debian's packages. Both start by the same script, as the same user.
import { join } from 'node:path'
import { dockerfileImage } from '../../harness/artifact/image.ts'
import type { ImageSource } from '../../harness/artifact/image.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'
import { filesOf, packageFiles } from '../../kind-configs/node-image/root-file-systems.ts'
import type { Packages } from '../../kind-configs/node-image/root-file-systems.ts'

const here = import.meta.dirname
const name = 'incident-lab/postgres'

export const source: ImageSource = {
  name,
  upstream: 'postgres:17@sha256:d74eeac9a635390a49bc21bd49fccd973de707e2a53a76ac49b552b8712ec46f',
  standInOf: "Debian's package postgresql-15",
  standIn: async (work) =>
    dockerfileImage(work, 'incident-lab/postgres-stand-in', {
      dockerfile: join(here, 'stand-in.Dockerfile'),
      files: { 'postgres.tar': await packageFiles(work, packages()) },
      args: { BASE: await baseImage(work) },
    }),
  build: (work, base) =>
    dockerfileImage(work, name, {
      dockerfile: join(here, 'Dockerfile'),
      files: { 'start.sh': join(here, 'start.sh') },
      args: { BASE: base },
    }),
  artifacts: async () => [await filesOf(packages())],
}

const packages = (): Packages => ({ name: 'postgres', packages: ['postgresql-15'], leftOut })

/** Two thirds of what the packages hold: Perl and the JIT compiler of PostgreSQL, which start.sh turns off, with what only that needs. */
const leftOut = [
  '/usr/lib/postgresql/15/lib/bitcode/*',
  '/usr/lib/postgresql/15/lib/llvmjit*',
  '/usr/lib/*-linux-gnu/libLLVM*',
  '/usr/lib/*-linux-gnu/libz3*',
  '/usr/lib/*-linux-gnu/libperl*',
  '/usr/lib/*-linux-gnu/perl/*',
  '/usr/bin/perl*',
  '/usr/share/perl/*',
  '/usr/share/i18n/*',
]

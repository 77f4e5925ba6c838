// The controller that replaces pods when their ConfigMap changes: stakater/Reloader where it can be pulled, else the lab's own.
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { contentHash, inScratch } from '../../harness/artefact/cache.ts'
import { dockerBuild, image } from '../../harness/artefact/image.ts'
import type { ImageSource } from '../../harness/artefact/image.ts'
import type { Work } from '../../harness/model/step.ts'
import { source as workloads } from '../image/image.ts'

const here = import.meta.dirname
const name = 'incident-lab/reloader'

export const source: ImageSource = {
  name,
  online: async (work) => ({
    reference: await built(work, 'online.Dockerfile'),
    from: 'stakater/reloader v1.4.21, pinned by digest in workloads/config-reloader/online.Dockerfile',
  }),
  offline: async (work) => {
    const { reference: base } = await workloads.offline(work)
    const reference = await built(work, 'offline.Dockerfile', base)
    return { reference, from: `the lab's own controller in place of stakater/Reloader: workloads/config-reloader on ${base}` }
  },
}

const built = async (work: Work, dockerfile: string, base?: string): Promise<string> => {
  const hash = await contentHash(here, [dockerfile], base === undefined ? [] : [base])
  return image(work, name, hash, (reference) =>
    inScratch(async (scratch) => {
      await cp(join(here, dockerfile), join(scratch, 'Dockerfile'))
      await dockerBuild(work, scratch, reference, base === undefined ? [] : ['--build-arg', `WORKLOADS=${base}`])
    }),
  )
}

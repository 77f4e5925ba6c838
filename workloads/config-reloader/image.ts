// The controller that replaces pods when their ConfigMap changes: stakater/Reloader where it can be pulled, else the lab's own.
import { join } from 'node:path'
import { dockerfileImage } from '../../harness/artefact/image.ts'
import type { ImageSource } from '../../harness/artefact/image.ts'
import { source as workloads } from '../image/image.ts'

const here = import.meta.dirname
const name = 'incident-lab/reloader'

export const source: ImageSource = {
  name,
  online: async (work) => ({
    reference: await dockerfileImage(work, name, { dockerfile: join(here, 'online.Dockerfile') }),
    from: 'stakater/reloader v1.4.21, pinned by digest in workloads/config-reloader/online.Dockerfile',
  }),
  offline: async (work) => {
    const { reference: base } = await workloads.offline(work)
    const reference = await dockerfileImage(work, name, {
      dockerfile: join(here, 'offline.Dockerfile'),
      args: { WORKLOADS: base },
    })
    return { reference, from: `the lab's own controller in place of stakater/Reloader: workloads/config-reloader on ${base}` }
  },
}

// The controller that replaces pods when their ConfigMap changes: stakater/Reloader where it can be pulled, else the lab's own.
import { join } from 'node:path'
import { buildImage, dockerfileImage } from '../../harness/artifact/image.ts'
import type { ImageSource } from '../../harness/artifact/image.ts'
import { source as workloads } from '../image/image.ts'

export const source: ImageSource = {
  name: 'incident-lab/reloader',
  upstream: 'ghcr.io/stakater/reloader:v1.4.21@sha256:b253579350a835082cdad8d8736671cedaa0f8309437c894bd1bf1c2f0e0d45e',
  standInOf: "the lab's own controller, workloads/config-reloader",
  standIn: async (work) => {
    const { reference } = await buildImage(work, workloads, 'offline')
    const dockerfile = join(import.meta.dirname, 'Dockerfile')
    return dockerfileImage(work, 'incident-lab/reloader-stand-in', { dockerfile, args: { WORKLOADS: reference } })
  },
}

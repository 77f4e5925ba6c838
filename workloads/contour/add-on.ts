// Contour, an Ingress controller: its own image where it can be pulled, else from its Go module. Its data plane is the lab's Envoy.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AddOn } from '../../harness/artefact/add-on.ts'
import { contentHash } from '../../harness/artefact/cache.ts'
import { goModule, goProgram } from '../../harness/artefact/go-program.ts'
import { dockerfileImage } from '../../harness/artefact/image.ts'
import type { ImageSource } from '../../harness/artefact/image.ts'
import type { Work } from '../../harness/model/step.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'

const here = import.meta.dirname
const module = 'github.com/projectcontour/contour'

const program = async (work: Work): Promise<string> => {
  const flags = ['-ldflags', '-s -w']
  const hash = await contentHash(here, ['go.mod', 'go.sum'], flags)
  const expected = 'once per machine, about 2 minutes on 2 cores'
  return goProgram(work, { name: 'contour', module: here, package: `${module}/cmd/contour`, flags, hash, expected })
}

const contour: ImageSource = {
  name: 'incident-lab/contour',
  online: async (work) => ({
    reference: await dockerfileImage(work, contour.name, { dockerfile: join(here, 'online.Dockerfile') }),
    from: 'projectcontour/contour:v1.33.8',
  }),
  offline: async (work) => {
    const base = await baseImage(work)
    const files = { contour: await program(work) }
    const recipe = { dockerfile: join(here, 'offline.Dockerfile'), files, args: { BASE: base } }
    return {
      reference: await dockerfileImage(work, contour.name, recipe),
      from: `built here on ${base} from the Go module ${module}`,
    }
  },
}

/** Files of Contour's examples, in the order they are applied. */
const examples = [
  'contour/00-common.yaml',
  'contour/01-contour-config.yaml',
  'contour/01-crds.yaml',
  'contour/02-job-certgen.yaml',
  'contour/02-rbac.yaml',
  'contour/02-role-contour.yaml',
  'contour/02-service-contour.yaml',
  'contour/02-service-envoy.yaml',
  'contour/03-contour.yaml',
  'deployment/03-envoy-deployment.yaml',
]

export const addOn: AddOn = {
  name: 'contour',
  title: 'Contour 1.33',
  preparation: 'about 2 minutes on 2 cores, once per machine',
  images: [contour],
  uses: ['incident-lab/envoy'],
  difference: join(here, 'changes.yaml'),
  manifests: async (work, namespace) => {
    const folder = join(await goModule(work, here, module), 'examples')
    const texts = await Promise.all(examples.map((file) => readFile(join(folder, file), 'utf8')))
    return texts
      .join('\n---\n')
      .replaceAll(/: projectcontour *$/gm, `: ${namespace}`)
      .replaceAll(/ghcr\.io\/projectcontour\/contour:\S+/g, 'incident-lab/contour:current')
      .replaceAll(/docker\.io\/envoyproxy\/envoy:\S+/g, 'incident-lab/envoy:current')
  },
}

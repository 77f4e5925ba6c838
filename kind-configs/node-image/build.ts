// Builds the node image where no registry can be reached: Kubernetes from its Go module, the rest from Debian.
import { cp, link, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import { $ } from '../../harness/artifact/shell.ts'
import { buildTogether } from '../../harness/artifact/build-together.ts'
import { inBuilder } from '../../harness/artifact/builder.ts'
import { contentHash, inScratch } from '../../harness/artifact/cache.ts'
import { dockerBuild, image } from '../../harness/artifact/image.ts'
import { LabError } from '../../harness/model/lab-error.ts'
import type { Work } from '../../harness/model/work.ts'
import type { Kubernetes } from '../kubernetes.ts'
import { pause, programOf } from './programs.ts'
import { rootFileSystem } from './root-file-systems.ts'

const here = import.meta.dirname

/** Reference of the Debian image that every other one with a C library stands on. */
export const baseImage = (work: Work): Promise<string> => debianImage(work, 'base')

/** Without a tag. */
export const nodeImageName = ({ minor }: Kubernetes): string => `incident-lab/node-${minor}`

/** Reference of a node image that kind accepts, with Kubernetes' own images inside. That of another minor version stays beside it. */
export const nodeImage = async (work: Work, kubernetes: Kubernetes): Promise<string> => {
  const [binary, etcd, coredns, pauseProgram, BASE, SYSTEM] = await buildTogether(work, (each) => [
    programOf(each, kubernetes, 'kubernetes'),
    programOf(each, kubernetes, 'etcd'),
    programOf(each, kubernetes, 'coredns'),
    pause(each),
    baseImage(each),
    debianImage(each, 'node'),
  ])
  const programs = { kubernetes: binary, etcd, coredns, pause: pauseProgram }
  const debian = { BASE, SYSTEM }
  const hash = await contentHash(
    here,
    ['Dockerfile', 'rootfs', 'build.ts', 'versions.ts'],
    [...Object.values(programs).map((path) => basename(path)), ...Object.values(debian)],
  )
  return image(work, nodeImageName(kubernetes), hash, (reference) =>
    inScratch(async (scratch) => {
      await layOutContext(scratch, programs)
      const images = await imagesOf(programs.kubernetes, kubernetes.compiled)
      await buildTargets(work, scratch, { KUBERNETES: kubernetes.compiled, ...debian }, images, reference)
    }),
  )
}

/** The images of a control plane by the target of the Dockerfile that is put in their place, as this version of kubeadm names them. */
export const imagesOf = async (binary: string, version: string): Promise<Images> => {
  const list = ['config', 'images', 'list', '--kubernetes-version', version]
  const { stdout } = await execa(binary, list, { argv0: 'kubeadm' })
  const names = stdout.split('\n')
  const named = (part: string): string => {
    const found = names.find((name) => name.includes(`/${part}:`))
    if (found === undefined)
      throw new LabError(`kubeadm ${version} names no image of ${part}`, {
        evidence: names,
        next: 'this version of the lab cannot build a node image of this Kubernetes; choose another with --kubernetes',
      })
    return found
  }
  const [coredns, pauseImage] = [named('coredns'), named('pause')]
  return { coredns, pause: pauseImage, components: names.filter((name) => name !== coredns && name !== pauseImage) }
}

interface Images {
  readonly components: readonly string[]
  readonly coredns: string
  readonly pause: string
}

const debianImage = async (work: Work, name: 'base' | 'node'): Promise<string> => {
  const archive = await rootFileSystem(work, name)
  const hash = /-([0-9a-f]+)\.tar$/.exec(archive)?.[1] ?? ''
  return image(work, `incident-lab/debian-${name}`, hash, async (reference) => {
    await $({ quiet: true, signal: work.signal })`docker import ${archive} ${reference}`
  })
}

const layOutContext = async (scratch: string, programs: Readonly<Record<string, string>>): Promise<void> => {
  await mkdir(join(scratch, 'bin'))
  for (const [name, path] of Object.entries(programs)) await link(path, join(scratch, 'bin', name))
  for (const part of ['Dockerfile', 'rootfs']) await cp(join(here, part), join(scratch, part), { recursive: true })
}

/** Makes the node image `reference`, with those images inside. */
export const buildTargets = async (
  work: Work,
  scratch: string,
  settings: Readonly<Record<string, string>>,
  images: Images,
  reference: string,
): Promise<void> => {
  const docker = $({ quiet: true, signal: work.signal })
  const flags = Object.entries({ ...settings, PAUSE: images.pause }).flatMap(([name, value]) => [
    '--build-arg',
    `${name}=${value}`,
  ])
  const build = (target: string, to: string) => dockerBuild(work, scratch, to, ['--target', target, ...flags])
  const empty = `${reference}-without-images`
  const [first = '', ...others] = images.components.map(whileBuilt)
  const preloaded = [first, ...others, whileBuilt(images.coredns), whileBuilt(images.pause)]
  await build('components', first)
  for (const name of others) await docker`docker tag ${first} ${name}`
  await build('coredns', whileBuilt(images.coredns))
  await build('pause', whileBuilt(images.pause))
  await build('node', empty)
  await docker`docker save ${preloaded} -o ${join(scratch, 'images.tar')}`
  await preload(work, scratch, empty, reference)
  await docker`docker image rm ${[empty, ...preloaded]}`
}

/** Puts images into the node's containerd, as packed layers: a node unpacks only those it runs. */
const preload = ({ signal }: Work, scratch: string, from: string, to: string): Promise<void> =>
  inBuilder(signal, from, `${scratch}:/scratch`, async (container) => {
    const docker = $({ quiet: true, signal })
    await docker`docker exec ${container} bash -euc ${importImages}`
    await docker`docker commit --change ${'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]'} ${container} ${to}`
  })

/** In the engine, which may be the user's and have the genuine ones: an image has its own name only in the node. */
const whileBuilt = (name: string): string => `${building}${name}`

const building = 'being-built.incident-lab/'

const importImages = `
containerd >/dev/null 2>&1 &
until ctr version >/dev/null 2>&1; do sleep 0.1; done
ctr -n k8s.io images import --no-unpack /scratch/images.tar >/dev/null
for name in $(ctr -n k8s.io images ls --quiet | grep '^${building}'); do
  ctr -n k8s.io images tag "$name" "\${name#${building}}" >/dev/null
  ctr -n k8s.io images rm "$name" >/dev/null
done
kill %1
wait`

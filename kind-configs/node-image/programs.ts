// The programs a cluster is made of, compiled from their Go modules; versions and hashes stand in each go.mod and go.sum.
import { join } from 'node:path'
import { $ } from 'zx/core'
import { buildCosts, notCounted } from '../../harness/artefact/build-costs.ts'
import { useCache, contentHash, isCached } from '../../harness/artefact/cache.ts'
import type { Artefact } from '../../harness/artefact/cache.ts'
import { artefactOf, goProgram } from '../../harness/artefact/go-program.ts'
import type { GoProgram } from '../../harness/artefact/go-program.ts'
import type { Work } from '../../harness/model/work.ts'
import type { Kubernetes } from '../kubernetes.ts'

const here = import.meta.dirname

const packages = {
  etcd: 'go.etcd.io/etcd/server/v3',
  coredns: '.',
  kind: 'sigs.k8s.io/kind',
}
export type Program = keyof typeof packages

const stripped = '-s -w'

/** Path of the compiled program in the cache. */
export const program = async (work: Work, name: Program): Promise<string> => goProgram(work, await sourceOf(name))

/** Was it compiled on this machine before? */
export const isCompiled = async (name: Program): Promise<boolean> => isCached(await sourceOf(name))

const sourceOf = async (name: Program): Promise<GoProgram> => ({
  name,
  module: join(here, name),
  package: packages[name],
  flags: ['-ldflags', stripped],
  hash: await contentHash(here, [name], [stripped]),
  cost: buildCosts[name],
})

/** Path of the binary in the cache that is every program of a Kubernetes node. Other versions have no part in its hash. */
export const kubernetesProgram = async (work: Work, version: Kubernetes): Promise<string> =>
  goProgram(work, await kubernetesSource(version))

const kubernetesSource = async ({ compiled, modfile }: Kubernetes): Promise<GoProgram> => {
  const linkerFlags = `${stripped} ${stamps(compiled)}`
  const sources = ['main.go', 'podroutes', modfile, modfile.replace(/\.mod$/, '.sum')]
  return {
    name: `kubernetes-${compiled}`,
    module: join(here, 'kubernetes'),
    modfile,
    package: '.',
    flags: ['-ldflags', linkerFlags],
    hash: await contentHash(join(here, 'kubernetes'), sources, [linkerFlags]),
    cost: buildCosts.kubernetes,
  }
}

/** Linker flags: what the programs say their version is. */
const stamps = (version: string): string => {
  const [major, minor] = version.replace('v', '').split('.')
  return [`gitVersion=${version}`, `gitMajor=${major}`, `gitMinor=${minor}`]
    .map((setting) => `-X k8s.io/component-base/version.${setting}`)
    .join(' ')
}

/** The process that holds a pod's namespaces, a few lines of C. */
export const pause = async (work: Work): Promise<string> =>
  useCache('pause', await pauseHash(), (draft) =>
    work.step('compile pause', async () => {
      await $({ quiet: true, signal: work.signal })`gcc -static -Os -s -o ${draft} ${join(here, 'pause.c')}`
    }),
  )

const pauseHash = (): Promise<string> => contentHash(here, ['pause.c'])

/** Those that the node image is made of, as the cache names them. */
export const programArtefacts = async (kubernetes: Kubernetes): Promise<readonly Artefact[]> => {
  const compiled = await Promise.all([kubernetesSource(kubernetes), sourceOf('etcd'), sourceOf('coredns')])
  return [...compiled.map(artefactOf), { name: 'pause', hash: await pauseHash(), tool: 'gcc', cost: notCounted }]
}

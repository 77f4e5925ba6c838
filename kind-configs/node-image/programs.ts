// The programs a cluster is made of, compiled from their Go modules; versions and hashes stand in go.mod and go.sum, or in a modfile and its sums.
import { join } from 'node:path'
import { $ } from '../../harness/artifact/shell.ts'
import { buildCosts, notCounted } from '../../harness/artifact/build-costs.ts'
import { useCache, contentHash, isCached } from '../../harness/artifact/cache.ts'
import type { Artifact } from '../../harness/artifact/cache.ts'
import { artifactOf, goProgram } from '../../harness/artifact/go-program.ts'
import type { GoProgram } from '../../harness/artifact/go-program.ts'
import type { Work } from '../../harness/model/work.ts'
import type { Kubernetes } from '../kubernetes.ts'

const here = import.meta.dirname

const stripped = '-s -w'

/** Path of kind, compiled, in the cache. */
export const compiledKind = async (work: Work): Promise<string> => goProgram(work, await kindSource())

/** Was it compiled on this machine before? */
export const isKindCompiled = async (): Promise<boolean> => isCached(await kindSource())

const kindSource = async (): Promise<GoProgram> => ({
  name: 'kind',
  module: join(here, 'kind'),
  package: 'sigs.k8s.io/kind',
  flags: ['-ldflags', stripped],
  hash: await contentHash(here, ['kind'], [stripped]),
  cost: buildCosts.kind,
})

/** What a node image has of one version of Kubernetes: all of one module, so that what they share is compiled once. */
const ofKubernetes = {
  /** One binary that is every program of Kubernetes on a node. */
  kubernetes: { package: '.', sources: ['main.go', 'podroutes'] },
  etcd: { package: 'go.etcd.io/etcd/server/v3', sources: [] },
  coredns: { package: './coredns', sources: ['coredns'] },
} as const
type OfKubernetes = keyof typeof ofKubernetes

/** Path of the compiled program in the cache. Other versions have no part in its hash. */
export const programOf = async (work: Work, version: Kubernetes, name: OfKubernetes): Promise<string> =>
  goProgram(work, await sourceOf(version, name))

const sourceOf = async ({ compiled, modfile }: Kubernetes, name: OfKubernetes): Promise<GoProgram> => {
  const { package: wanted, sources } = ofKubernetes[name]
  const linkerFlags = name === 'kubernetes' ? `${stripped} ${stamps(compiled)}` : stripped
  const module = join(here, 'kubernetes')
  return {
    name: name === 'kubernetes' ? `kubernetes-${compiled}` : name,
    module,
    modfile,
    package: wanted,
    flags: ['-ldflags', linkerFlags],
    hash: await contentHash(module, [...sources, modfile, modfile.replace(/\.mod$/, '.sum')], [linkerFlags]),
    cost: buildCosts[name],
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
export const programArtifacts = async (kubernetes: Kubernetes): Promise<readonly Artifact[]> => {
  const compiled = await Promise.all((['kubernetes', 'etcd', 'coredns'] as const).map((name) => sourceOf(kubernetes, name)))
  return [...compiled.map(artifactOf), { name: 'pause', hash: await pauseHash(), tool: 'gcc', cost: notCounted }]
}

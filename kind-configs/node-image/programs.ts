// The programs a cluster is made of, compiled from their Go modules; versions and hashes stand in each go.mod and go.sum.
import { join } from 'node:path'
import { $ } from 'zx'
import { cached, contentHash } from '../../harness/artefact/cache.ts'
import { goProgram } from '../../harness/artefact/go-program.ts'
import type { Work } from '../../harness/model/step.ts'
import { kubernetes } from './versions.ts'

const here = import.meta.dirname

const stamp = 'k8s.io/component-base/version'
const kubernetesFlags = ['gitVersion=' + kubernetes.version, 'gitMajor=' + kubernetes.major, 'gitMinor=' + kubernetes.minor]
  .map((setting) => `-X ${stamp}.${setting}`)
  .join(' ')

const packages = {
  kubernetes: '.',
  etcd: 'go.etcd.io/etcd/server/v3',
  coredns: '.',
  kind: 'sigs.k8s.io/kind',
}
export type Program = keyof typeof packages

/** Path of the compiled program in the cache. */
export const program = async (work: Work, name: Program): Promise<string> => {
  const linkerFlags = `-s -w ${name === 'kubernetes' ? kubernetesFlags : ''}`
  return goProgram(work, {
    name,
    module: join(here, name),
    package: packages[name],
    flags: ['-ldflags', linkerFlags],
    hash: await contentHash(here, [name], [linkerFlags]),
    expected: name === 'kubernetes' ? 'once per machine, about 6 minutes on 2 cores' : 'once per machine',
  })
}

/** The process that holds a pod's namespaces, a few lines of C. */
export const pause = async (work: Work): Promise<string> =>
  cached('pause', await contentHash(here, ['pause.c']), (draft) =>
    work.step('compile pause', async () => {
      await $({ quiet: true, signal: work.signal })`gcc -static -Os -s -o ${draft} ${join(here, 'pause.c')}`
    }),
  )

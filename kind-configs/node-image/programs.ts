// The programs a cluster is made of, compiled from their Go modules; versions and hashes stand in each go.mod and go.sum.
import { join } from 'node:path'
import { $ } from 'zx'
import { cached, contentHash } from '../../harness/artefact/cache.ts'
import type { Say, Work } from '../../harness/model/step.ts'
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

/** Path of the compiled program in the cache. Without CGO: it runs on any image, an empty one too. */
export const program = async (work: Work, name: Program): Promise<string> => {
  const linkerFlags = `-s -w ${name === 'kubernetes' ? kubernetesFlags : ''}`
  const hash = await contentHash(here, [name], [linkerFlags])
  return cached(name, hash, (draft) =>
    work.step(`compile ${name} (${expected(name)})`, (say) => compile(work, name, linkerFlags, draft, say)),
  )
}

const expected = (name: Program): string =>
  name === 'kubernetes' ? 'once per machine, about 6 minutes on 2 cores' : 'once per machine'

const compile = async ({ signal }: Work, name: Program, linkerFlags: string, output: string, say: Say): Promise<void> => {
  const go = $({ cwd: join(here, name), quiet: true, signal, env: { ...process.env, CGO_ENABLED: '0' } })
  say('fetching modules')
  const total = (await go`go list -deps ${packages[name]}`).lines().length
  let done = 0
  const building = go`go build -v -trimpath -ldflags ${linkerFlags} -o ${output} ${packages[name]} 2>&1`
  for await (const line of building) say(`${++done} of at most ${total} packages: ${line}`)
  await building
}

/** The process that holds a pod's namespaces, a few lines of C. */
export const pause = async (work: Work): Promise<string> =>
  cached('pause', await contentHash(here, ['pause.c']), (draft) =>
    work.step('compile pause', async () => {
      await $({ quiet: true, signal: work.signal })`gcc -static -Os -s -o ${draft} ${join(here, 'pause.c')}`
    }),
  )

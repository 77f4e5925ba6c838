// A program compiled from its Go module, once a machine: versions and hashes stand in the module's go.mod and go.sum.
import { $ } from 'zx'
import type { Say, Work } from '../model/step.ts'
import { cached } from './cache.ts'

export interface GoProgram {
  readonly name: string
  /** Folder of the go.mod. */
  readonly module: string
  /** Import path, or `.`. */
  readonly package: string
  /** Of `go build`. */
  readonly flags: readonly string[]
  /** Of all that decides what comes out. */
  readonly hash: string
  /** For whoever waits: "once per machine, about 6 minutes on 2 cores". */
  readonly expected: string
}

/** Path of the compiled program in the cache. Without CGO: it runs on any image, an empty one too. */
export const goProgram = (work: Work, program: GoProgram): Promise<string> =>
  cached(program.name, program.hash, (draft) =>
    work.step(`compile ${program.name} (${program.expected})`, (say) => compile(work, program, draft, say)),
  )

/** Folder of the module's source as `go.sum` knows it. */
export const goModule = async ({ signal }: Work, folder: string, path: string): Promise<string> => {
  const go = $({ cwd: folder, quiet: true, signal })
  await go`go mod download ${path}`
  return (await go`go list -m -f ${'{{.Dir}}'} ${path}`).stdout.trim()
}

const compile = async (
  { signal }: Work,
  { module, package: wanted, flags }: GoProgram,
  output: string,
  say: Say,
): Promise<void> => {
  const go = $({ cwd: module, quiet: true, signal, env: { ...process.env, CGO_ENABLED: '0' } })
  say('fetching modules')
  const total = (await go`go list -deps ${wanted}`).lines().length
  let done = 0
  const building = go`go build -v -trimpath ${[...flags]} -o ${output} ${wanted} 2>&1`
  for await (const line of building) say(`${++done} of at most ${total} packages: ${line}`)
  await building
}

// A program compiled from its Go module, once per machine: go.mod and go.sum, or their replacements, pin versions and hashes.
import { execa } from 'execa'
import { $ } from './shell.ts'
import { LabError } from '../model/lab-error.ts'
import { oncePerMachine } from '../model/build-cost.ts'
import type { BuildCost } from '../model/build-cost.ts'
import type { Say, Work } from '../model/work.ts'
import { compilerStep } from './build-together.ts'
import { useCache } from './cache.ts'
import type { Artifact } from './cache.ts'
import { sayLines } from './say-lines.ts'

export interface GoProgram {
  readonly name: string
  /** Folder of the go.mod. */
  readonly module: string
  /** A file in that folder that replaces go.mod, with its own file of sums. */
  readonly modfile?: string
  /** Import path, or `.`. */
  readonly package: string
  /** Flags of `go build`. */
  readonly flags: readonly string[]
  /** Hash of everything that determines the output. */
  readonly hash: string
  readonly cost: BuildCost
}

/** Its name in the cache. */
export const artifactOf = ({ name, hash, cost }: GoProgram): Artifact => ({ name, hash, tool: 'go', cost })

/**
 * Path of the compiled program in the cache. It fetches modules concurrently with other builds, and waits for a compiler slot. Without CGO: it
 * runs on any image, even an empty one.
 */
export const goProgram = (work: Work, program: GoProgram): Promise<string> =>
  useCache(program.name, program.hash, async (draft) => {
    const packages = await work.step(`fetch the modules of ${program.name}`, () => fetchModules(work, program))
    await compilerStep(work, `compile ${program.name} (${oncePerMachine([program.cost])})`, program.cost, (say) =>
      compile(work, program, packages, draft, say),
    )
  })

/** Folder of the module's source, verified by `go.sum`. */
export const goModule = async ({ signal }: Work, folder: string, path: string): Promise<string> => {
  await refuseWithoutGo(`the Go module ${path} is needed`)
  const go = $({ cwd: folder, quiet: true, signal })
  await go`go mod download ${path}`
  return (await go`go list -m -f ${'{{.Dir}}'} ${path}`).stdout.trim()
}

/** Any version: for a go.mod, Go fetches a newer toolchain itself. The doctor checks the version that a modfile needs. */
export const hasGo = async (): Promise<boolean> => !(await execa('go', ['version'], { reject: false })).failed

/** The doctor requires Go only if the node image must be built; an add-on may need it later. */
const refuseWithoutGo = async (why: string): Promise<void> => {
  if (!(await hasGo()))
    throw new LabError('`go version` does not work', { exit: 'cannotRun', why, next: 'install Go from go.dev' })
}

const goIn = ({ signal }: Work, { module }: GoProgram) =>
  $({ cwd: module, quiet: true, signal, env: { ...process.env, CGO_ENABLED: '0' } })

const modfileOf = ({ modfile }: GoProgram): string[] => (modfile === undefined ? [] : [`-modfile=${modfile}`])

/** Number of packages in the program. To list them, Go fetches every module that contains one. */
const fetchModules = async (work: Work, program: GoProgram): Promise<number> => {
  await refuseWithoutGo(`${program.name} is not in the cache yet and must be compiled`)
  return (await goIn(work, program)`go list ${modfileOf(program)} -deps ${program.package}`).lines().length
}

/** Compiles without debug information, which the linker would drop: a sixth less CPU time for the same program. */
const withoutDwarf = '-gcflags=all=-dwarf=false'

const compile = async (work: Work, program: GoProgram, packages: number, output: string, say: Say): Promise<void> => {
  const { flags, package: wanted } = program
  let done = 0
  const building = goIn(
    work,
    program,
  )`go build -v ${modfileOf(program)} -trimpath ${withoutDwarf} ${[...flags]} -o ${output} ${wanted} 2>&1`
  await sayLines(building, (line) => say(`${++done} of at most ${packages} packages: ${line}`))
}

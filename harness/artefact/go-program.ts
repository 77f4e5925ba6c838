// A program compiled from its Go module, once a machine: versions and hashes stand in the module's go.mod and go.sum, or in what stands in for them.
import { execa } from 'execa'
import { $ } from 'zx/core'
import { LabError } from '../model/lab-error.ts'
import { oncePerMachine } from '../model/build-cost.ts'
import type { BuildCost } from '../model/build-cost.ts'
import type { Say, Work } from '../model/work.ts'
import { compilerStep } from './build-together.ts'
import { useCache } from './cache.ts'
import type { Artefact } from './cache.ts'
import { sayLines } from './say-lines.ts'

export interface GoProgram {
  readonly name: string
  /** Folder of the go.mod. */
  readonly module: string
  /** A file of that folder that stands in for go.mod, with a file of sums of its own. */
  readonly modfile?: string
  /** Import path, or `.`. */
  readonly package: string
  /** Of `go build`. */
  readonly flags: readonly string[]
  /** Of all that decides what comes out. */
  readonly hash: string
  readonly cost: BuildCost
}

/** As the cache knows it. */
export const artefactOf = ({ name, hash, cost }: GoProgram): Artefact => ({ name, hash, tool: 'go', cost })

/**
 * Path of the compiled program in the cache. Its modules are fetched beside other builds, and it is compiled when a compiler may start. Without CGO: it
 * runs on any image, an empty one too.
 */
export const goProgram = (work: Work, program: GoProgram): Promise<string> =>
  useCache(program.name, program.hash, async (draft) => {
    const packages = await work.step(`fetch the modules of ${program.name}`, () => fetchModules(work, program))
    await compilerStep(work, `compile ${program.name} (${oncePerMachine([program.cost])})`, program.cost, (say) =>
      compile(work, program, packages, draft, say),
    )
  })

/** Folder of the module's source as `go.sum` knows it. */
export const goModule = async ({ signal }: Work, folder: string, path: string): Promise<string> => {
  await refuseWithoutGo(`the Go module ${path} is wanted`)
  const go = $({ cwd: folder, quiet: true, signal })
  await go`go mod download ${path}`
  return (await go`go list -m -f ${'{{.Dir}}'} ${path}`).stdout.trim()
}

/** Of whatever version: for a go.mod, Go fetches a newer one itself. How new it must be for a modfile, the doctor says. */
export const hasGo = async (): Promise<boolean> => !(await execa('go', ['version'], { reject: false })).failed

/** The doctor asks for Go only where the node image is still to be built; an add-on may want it later. */
const refuseWithoutGo = async (why: string): Promise<void> => {
  if (!(await hasGo()))
    throw new LabError('`go version` does not work', { exit: 'cannotRun', why, next: 'install Go from go.dev' })
}

const goIn = ({ signal }: Work, { module }: GoProgram) =>
  $({ cwd: module, quiet: true, signal, env: { ...process.env, CGO_ENABLED: '0' } })

const modfileOf = ({ modfile }: GoProgram): string[] => (modfile === undefined ? [] : [`-modfile=${modfile}`])

/** How many packages the program is made of. To list them Go fetches every module that has one. */
const fetchModules = async (work: Work, program: GoProgram): Promise<number> => {
  await refuseWithoutGo(`${program.name} is not in the cache yet, and is compiled here`)
  return (await goIn(work, program)`go list ${modfileOf(program)} -deps ${program.package}`).lines().length
}

/** Debug information, which the linker would drop, is not made: a sixth less CPU time, and the program is the same. */
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

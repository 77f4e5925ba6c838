// The programs outside the cluster that used the host's CPU time. Two reads and no loop: a loop would disturb what it measures.
import { join } from 'node:path'
import type { Program } from '../model/trial.ts'
import { ancestorsOf, readOr, readProcesses, usedBetween } from './processes.ts'
import type { Processes, Use } from './processes.ts'
import { programName } from './program-name.ts'

export interface Surroundings {
  /** `/proc` of the machine that the nodes run on. */
  readonly proc: string
  /** Whether the text, of the cgroups or the command line of a process, names a node of the cluster. */
  readonly isOfNode: (text: string) => boolean
  /** The lab's own process. It and its child processes are in no list. */
  readonly lab: number
}

/** The programs that used 1 % or more of so many ticks, largest first. */
type FindPrograms = (totalTicks: number) => Program[]

/** Starts watching, until the function is called. */
export const watchPrograms = (surroundings: Surroundings): (() => FindPrograms) => {
  const before = readProcesses(surroundings.proc)
  return () => {
    const after = readProcesses(surroundings.proc)
    return (totalTicks) => {
      const uses = usedBetween(before, after).filter(({ ticks }) => ticks > 0 && ticks >= fewest * totalTicks)
      const programs = programsOf(ofOthers(uses, after, surroundings), totalTicks)
      return programs.filter(({ share }) => share >= smallest).slice(0, most)
    }
  }
}

/** Shares of the host's CPU time: of a process that is looked at, since several have one name; and of a program. */
const [fewest, smallest] = [0.001, 0.01]

const most = 5

interface NamedUse extends Use {
  readonly name: string
}

/** Those outside the cluster, with their names. A process that ended before its cgroups were read may have been of the cluster. */
const ofOthers = (uses: readonly Use[], after: Processes, { proc, isOfNode, lab }: Surroundings): NamedUse[] =>
  uses.flatMap((use) => {
    const { process } = use
    if ([process, ...ancestorsOf(process, after)].some(({ pid }) => pid === lab)) return []
    const cgroups = readOr(join(proc, String(process.pid), 'cgroup'), null)
    const commandLine = readOr(join(proc, String(process.pid), 'cmdline'), '')
    // What `docker exec` ran in a node ends as a child process of the node's containerd-shim, which is outside of it and has its id as an argument
    if (cgroups === null || isOfNode(cgroups) || isOfNode(commandLine)) return []
    return [{ ...use, name: programName(commandLine.split('\0'), process.comm) }]
  })

/** One for each name. */
const programsOf = (uses: readonly NamedUse[], totalTicks: number): Program[] =>
  [...Map.groupBy(uses, ({ name }) => name)]
    .map(([name, own]) => {
      const [largest] = own.toSorted(byTicks)
      const ticks = own.reduce((sum, use) => sum + use.ticks, 0)
      return { name, pid: largest?.process.pid ?? 0, processes: own.length, share: ticks / totalTicks }
    })
    .toSorted((a, b) => b.share - a.share)

const byTicks = (a: Use, b: Use): number => b.ticks - a.ticks

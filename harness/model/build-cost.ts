// What it takes to build something once on a machine, and how long that is with so many CPUs.
import { availableParallelism } from 'node:os'

export interface BuildCost {
  /** CPU seconds that every CPU can share, such as those of compilers. */
  readonly cpuSeconds: number
  /** Seconds that more CPUs do not shorten: the network, the disk, one thread. */
  readonly serialSeconds: number
}

/** Something that this machine lacks, and builds. */
export interface Build {
  readonly name: string
  readonly cost: BuildCost
}

/** Seconds that a build takes by itself. */
export const buildSeconds = ({ cpuSeconds, serialSeconds }: BuildCost, cpus = availableParallelism()): number =>
  serialSeconds + cpuSeconds / cpus

/** `40 s`, or from a minute and a half on `7 min`. */
export const roughly = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`

/** For the person who waits: `once per machine, about 7 min on 2 CPUs`. */
export const oncePerMachine = (costs: readonly BuildCost[]): string => {
  const cpus = availableParallelism()
  const seconds = costs.reduce((sum, cost) => sum + buildSeconds(cost, cpus), 0)
  return `once per machine, about ${roughly(seconds)} on ${cpus} ${cpus === 1 ? 'CPU' : 'CPUs'}`
}

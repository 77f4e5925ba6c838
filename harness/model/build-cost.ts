// The cost of a build, and its duration for a number of CPUs.
import { availableParallelism } from 'node:os'

export interface BuildCost {
  /** CPU seconds that every CPU can share, such as those of compilers. */
  readonly cpuSeconds: number
  /** Seconds that more CPUs do not shorten: the network, the disk, one thread. */
  readonly serialSeconds: number
}

/** A build that this machine needs. */
export interface Build {
  readonly name: string
  readonly cost: BuildCost
}

/** Duration of a build alone, in seconds. */
export const buildSeconds = ({ cpuSeconds, serialSeconds }: BuildCost, cpus = availableParallelism()): number =>
  serialSeconds + cpuSeconds / cpus

/** `40 s`, or from 90 s `7 min`. */
export const roughly = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`

/** Note for the user: `once per machine, about 7 min on 2 CPUs`. */
export const oncePerMachine = (costs: readonly BuildCost[]): string => {
  const cpus = availableParallelism()
  const seconds = costs.reduce((sum, cost) => sum + buildSeconds(cost, cpus), 0)
  return `once per machine, about ${roughly(seconds)} on ${cpus} ${cpus === 1 ? 'CPU' : 'CPUs'}`
}

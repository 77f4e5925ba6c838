// Other activity of the host during the trial: CPU time stolen by its hypervisor, or used by processes outside the cluster, and by which programs; and
// whether its clock is the one that the lab reads. If nodes run in a virtual machine, its clock can differ after the computer slept.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { printFile } from '../model/node-shell.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { HostUse } from '../model/trial.ts'
import { readOr } from './processes.ts'
import { watchPrograms } from './programs.ts'
import type { Surroundings } from './programs.ts'

/**
 * Starts watching; resolves with a function that reports the changes since. Reads only counters: exact, without load. `surroundings`: to name programs;
 * without it none is named.
 */
export const watchHost = async (shells: readonly NodeShell[], surroundings?: Surroundings): Promise<() => Promise<HostUse>> => {
  const before = await read(shells)
  const programsOf = surroundings && runsHere(before, surroundings) ? watchPrograms(surroundings) : undefined
  return async () => {
    const findPrograms = programsOf?.() // within the time between the two reads of the counters: no share is too large
    const after = await read(shells)
    const total = after.totalTicks - before.totalTicks
    const clusterTicks = ((after.clusterNs - before.clusterNs) / 1e9) * ticksPerSecond
    const busy = after.busyTicks - before.busyTicks
    return {
      idle: (after.idleTicks - before.idleTicks) / total,
      steal: (after.stealTicks - before.stealTicks) / total,
      others: Math.max(0, (busy - clusterTicks) / total),
      throttledPeriods: after.throttledPeriods - before.throttledPeriods,
      clockOffsetMs: Math.abs(after.clockOffsetMs) > Math.abs(before.clockOffsetMs) ? after.clockOffsetMs : before.clockOffsetMs,
      ...(findPrograms && { programs: findPrograms(total) }),
    }
  }
}

/** Whether the nodes share this machine's kernel, and thus its processes: not in the virtual machine of Docker Desktop, nor on a remote engine. */
const runsHere = ({ bootId }: Counters, { proc }: Surroundings): boolean =>
  bootId !== '' && bootId === readOr(join(proc, 'sys/kernel/random/boot_id'), '').trim()

interface Counters {
  readonly totalTicks: number
  readonly idleTicks: number
  readonly stealTicks: number
  readonly busyTicks: number
  readonly clusterNs: number
  readonly throttledPeriods: number
  readonly clockOffsetMs: number
  /** Of the kernel that the nodes run on; empty: not known. */
  readonly bootId: string
}

const ticksPerSecond = 100 // USER_HZ, the unit of /proc/stat on every Linux architecture Node.js runs on

/** A node is a container that sees its own cgroup as the root: v1 has the files of each controller apart, v2 one cpu.stat. */
const script = [
  'echo "now $EPOCHREALTIME"; read -r stat < /proc/stat; echo "$stat"',
  printFile('/sys/fs/cgroup/cpuacct/cpuacct.usage'),
  printFile('/sys/fs/cgroup/cpu.stat'),
  printFile('/sys/fs/cgroup/cpu/cpu.stat'),
  '{ read -r boot < /proc/sys/kernel/random/boot_id; } 2>/dev/null && echo "boot $boot"',
].join('; ')

const read = async (shells: readonly NodeShell[]): Promise<Counters> => {
  const from = Date.now()
  const texts = await Promise.all(shells.map((shell) => shell.run(script)))
  const to = Date.now()
  const ticks = (/^cpu +(.*)$/m.exec(texts[0] ?? '')?.[1] ?? '').split(' ').map(Number)
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = ticks
  const busy = user + nice + system + irq + softirq
  const ownThrottled = await throttledAround()
  return {
    totalTicks: busy + idle + iowait + steal,
    idleTicks: idle + iowait,
    stealTicks: steal,
    busyTicks: busy,
    clusterNs: texts.reduce((sum, text) => sum + cpuNs(text), 0),
    throttledPeriods: texts.reduce((sum, text) => sum + number(/^nr_throttled (\d+)$/m.exec(text)), ownThrottled),
    clockOffsetMs: outside(number(/^now (\d+\.\d+)$/m.exec(texts[0] ?? '')) * 1000 || from, from, to),
    bootId: /^boot (\S+)$/m.exec(texts[0] ?? '')?.[1] ?? '',
  }
}

/** Distance of a time from the interval that should contain it: a slow reply is no offset. */
const outside = (at: number, from: number, to: number): number => (at > to ? at - to : Math.min(0, at - from))

const cpuNs = (text: string): number => number(/^(\d+)$/m.exec(text)) || number(/^usage_usec (\d+)$/m.exec(text)) * 1000

const number = (match: RegExpExecArray | null): number => Number(match?.[1] ?? 0)

/** nr_throttled of this process's cgroup and its parents: the machine itself may be under a quota. */
const throttledAround = async (): Promise<number> => {
  const own = await readFile('/proc/self/cgroup', 'utf8').catch(() => '')
  const places = own.split('\n').flatMap((line) => {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    if (controllers === '') return above(path).map((each) => join('/sys/fs/cgroup', each))
    return controllers.split(',').includes('cpu') ? above(path).map((each) => join('/sys/fs/cgroup/cpu', each)) : []
  })
  const texts = await Promise.all(places.map((place) => readFile(join(place, 'cpu.stat'), 'utf8').catch(() => '')))
  return texts.reduce((sum, text) => sum + number(/^nr_throttled (\d+)$/m.exec(text)), 0)
}

/** A path and its parents: `/a/b` gives `/a/b`, `/a` and `/`. */
const above = (path: string): string[] => {
  const parts = path.split('/').filter(Boolean)
  return Array.from({ length: parts.length + 1 }, (_, index) => `/${parts.slice(0, index).join('/')}`)
}

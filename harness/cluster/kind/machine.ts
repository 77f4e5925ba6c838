// The machine that nodes run on, as the engine tells of it, and how many workers it has room for.
import { readFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { execa } from 'execa'
import * as z from 'zod'
import type { Limit, Room } from '../provider.ts'

const gib = 1024 ** 3

export interface Machine {
  readonly cpus: number
  readonly memoryBytes: number
  /** Of one user, all nodes together; null: not known. */
  readonly inotifyInstances: number | null
}

const Info = z.object({ NCPU: z.number(), MemTotal: z.number() })

/** Where an engine answers, its machine; else this one, where the lab would start an engine. */
export const readMachine = async (): Promise<Machine> => {
  const { stdout } = await execa('docker', ['info', '--format', '{{json .}}'], { reject: false, timeout: 10_000 })
  const told = Info.safeParse(stdout ? parsed(stdout) : undefined).data
  const instances = Number(await readFile('/proc/sys/fs/inotify/max_user_instances', 'utf8').catch(() => '0'))
  return {
    cpus: told?.NCPU || cpus().length,
    memoryBytes: told?.MemTotal || totalmem(),
    inotifyInstances: instances || null,
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a cluster takes beside its workers: the control plane with everything that calls, the lab, the system. */
const baseGib = 2.5

/** A worker by itself takes 0.15 GiB, and the largest episode 1.5 GiB. They do not all have theirs at once. */
const workerGib = 1.4

/** Most of an episode is waiting. With more the machine has no time left, and what is measured is that. */
const workersPerCpu = 3

/** Of systemd, containerd, kubelet and kube-proxy of one node, and of pods on cgroup v2. With too few, watches fail without a word. */
const inotifyPerNode = 16

export const roomForWorkers = ({ cpus: cores, memoryBytes, inotifyInstances }: Machine): Room => {
  const memory = {
    workers: (memoryBytes / gib - baseGib) / workerGib,
    because: `${(memoryBytes / gib).toFixed(1)} GiB of memory`,
  }
  const inotify = {
    workers: inotifyInstances === null ? Infinity : inotifyInstances / inotifyPerNode - 1,
    because: `fs.inotify.max_user_instances is ${inotifyInstances}`,
  }
  const cpu = { workers: cores * workersPerCpu, because: `${cores} ${cores === 1 ? 'CPU' : 'CPUs'}` }
  return { sensible: tightest([memory, inotify, cpu]), possible: tightest([memory, inotify]) }
}

const tightest = (limits: readonly { readonly workers: number; readonly because: string }[]): Limit => {
  const least = Math.min(...limits.map(({ workers }) => workers))
  const because = limits.find(({ workers }) => workers === least)?.because ?? ''
  const workers = Math.max(1, Math.floor(least))
  return { workers, because, memoryGib: baseGib + workers * workerGib }
}

// The machine that nodes run on: the engine's if one answers, else this one; and how many workers fit on it.
import { readFile } from 'node:fs/promises'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { isThere } from '../../places.ts'
import type { Limit, WorkerCapacity } from '../provider.ts'
import { isRemote, lookAtDocker } from './docker.ts'
import type { Docker } from './docker.ts'

export const gib = 1024 ** 3

/** The machine of this process. Tests pass another one. */
export interface Here {
  readonly platform: NodeJS.Platform
  readonly kernel: string
  /** Folder that contains /proc, /sys and /dev. */
  readonly root: string
}

export const here: Here = { platform: process.platform, kernel: release(), root: '/' }

/** The resources that limit the number of nodes. */
export interface Size {
  readonly cpus: number
  readonly memoryBytes: number
  readonly cgroup: 'v1' | 'v2'
  /** Limit for one user, shared by all nodes; null: not known. */
  readonly inotifyInstances: number | null
}

export interface Machine extends Size {
  readonly kernel: string
  /** As its engine reports it; empty: no engine answers. */
  readonly os: string
  /** Whether it is the machine of this process, so that this process can read its files. */
  readonly isHere: boolean
}

/** Never throws. */
export const readMachine = async (docker?: Docker, { platform, kernel, root }: Here = here): Promise<Machine> => {
  const found = docker ?? (await lookAtDocker())
  const { engine } = found
  const isHere =
    platform === 'linux' && (!engine || (!isRemote(found) && engine.os !== dockerDesktop && engine.kernel === kernel))
  const instances = isHere ? await readFile(join(root, 'proc/sys/fs/inotify/max_user_instances'), 'utf8').catch(() => '') : ''
  return {
    cpus: engine?.cpus ?? cpus().length,
    memoryBytes: engine?.memoryBytes ?? totalmem(),
    cgroup: engine?.cgroup ?? ((await isThere(join(root, 'sys/fs/cgroup/cgroup.controllers'))) ? 'v2' : 'v1'),
    inotifyInstances: Number(instances) || null,
    kernel: engine?.kernel ?? kernel,
    os: engine?.os ?? '',
    isHere,
  }
}

/** Operating system that Docker Desktop's engine reports. It is a virtual machine, on Linux too. */
export const dockerDesktop = 'Docker Desktop'

/** Memory besides the workers: the control plane with the load generators, the lab, the system. */
const baseGib = 2.5

/** An idle worker takes 0.15 GiB, and the largest episode 1.5 GiB. Not all workers run it at the same time. */
const workerGib = 1.4

/** Most of an episode is waiting. More workers would saturate the CPU and distort the measurements. */
const workersPerCpu = 3

/**
 * Inotify instances of a node. systemd, containerd, kubelet and kube-proxy take 14 to 16: counted, on cgroup v1. On v2 containerd watches
 * memory.events of each container for OOM kills, by an instance each (containerd/containerd issue 10468 and pull request 11652); on v1 that is
 * an eventfd. A pod has two containers, the pause process among them, and the episode of most pods has 12 on its node.
 */
export const inotifyPerNode = { v1: 16, v2: 16 + 2 * 12 }

export const workerCapacityOf = ({ cpus: cores, memoryBytes, cgroup, inotifyInstances }: Size): WorkerCapacity => {
  const memory = {
    workers: (memoryBytes / gib - baseGib) / workerGib,
    because: `${(memoryBytes / gib).toFixed(1)} GiB of memory`,
  }
  const inotify = {
    workers: inotifyInstances === null ? Infinity : inotifyInstances / inotifyPerNode[cgroup] - 1,
    because: `fs.inotify.max_user_instances is ${inotifyInstances}`,
  }
  const cpu = { workers: cores * workersPerCpu, because: `${cores} ${cores === 1 ? 'CPU' : 'CPUs'}` }
  return { recommended: smallest([memory, inotify, cpu]), maximum: smallest([memory, inotify]) }
}

const smallest = (limits: readonly { readonly workers: number; readonly because: string }[]): Limit => {
  const least = Math.min(...limits.map(({ workers }) => workers))
  const because = limits.find(({ workers }) => workers === least)?.because ?? ''
  const workers = Math.max(1, Math.floor(least))
  return { workers, because, memoryGib: memoryOf(workers) }
}

/** GiB that a cluster with this many workers takes. */
export const memoryOf = (workers: number): number => baseGib + workers * workerGib

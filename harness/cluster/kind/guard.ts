// While a run is at work: the machine must not run out of disk, memory or inotify instances by it.
import { readFile, statfs } from 'node:fs/promises'
import { execa } from 'execa'
import { LabError } from '../../model/lab-error.ts'
import { lookAtDocker } from './docker.ts'
import { setInotify } from './doctor/limits.ts'
import { gib, readMachine } from './machine.ts'

/** What is left of a machine. */
export interface Left {
  readonly diskGib: number
  readonly memoryGib: number
}

/** With less the kubelets would begin to evict, or the kernel to end processes, which need not be the lab's. */
const least: Left = { diskGib: 1, memoryGib: 0.25 }

/** Why a run has to stop; null: it may go on. `where`: the folder of the engine's data. */
export const hostPressure = ({ diskGib, memoryGib }: Left, where: string): LabError | null => {
  if (diskGib < least.diskGib)
    return strain(
      `${diskGib.toFixed(1)} GiB of disk are left at ${where}, and ${least.diskGib} GiB are kept free`,
      'free some: `docker system df` says what Docker has of it; then `lab run --resume` goes on',
    )
  if (memoryGib < least.memoryGib)
    return strain(
      `${(memoryGib * 1024).toFixed(0)} MiB of memory are left, and ${least.memoryGib * 1024} MiB are kept free`,
      'end something else, or use fewer nodes: `lab run --workers`',
    )
  return null
}

/** As `hostPressure`, of the inotify instances that a user has of those it may have. */
export const inotifyStrainOf = (used: number, allowed: number): LabError | null =>
  used < allowed
    ? null
    : strain(
        `all ${allowed} inotify instances that root may have are taken: kubelets and DNS would fail silently`,
        `\`${setInotify}\`; then \`lab run --resume\` goes on`,
      )

const strain = (why: string, next: string): LabError =>
  new LabError('Run stopped: this machine is about to run out of resources', { why, next })

/** Calls back once. On a machine that cannot be seen from here it watches nothing. Returns how to stop. */
export const guardMachine = async (strained: (why: LabError) => void): Promise<() => void> => {
  const docker = await lookAtDocker()
  const where = docker.engine?.rootDir
  const { isHere, inotifyInstances } = await readMachine(docker)
  if (where === undefined || !isHere) return () => {}
  const room = async () => hostPressure(await readLeft(where), where)
  const instances = async () => inotifyStrainOf(await inotifyOf(root), inotifyInstances ?? Infinity)
  const look = async (read: () => Promise<LabError | null>): Promise<void> => {
    const why = await read().catch(() => null) // a folder that root alone can see says nothing
    if (!why || stopped) return
    stop()
    strained(why)
  }
  let stopped = false
  const stop = (): void => {
    stopped = true
    for (const timer of timers) clearInterval(timer)
  }
  // To count instances a process is started, which holds up this one: not often, for it may be calling a service.
  const timers = [setInterval(() => void look(room), 5_000), setInterval(() => void look(instances), 60_000)]
  for (const timer of timers) timer.unref()
  return stop
}

const root = 0

/** How many inotify instances the processes of a user have: those that this user may look at. Takes 20 ms of CPU with seven nodes. */
export const inotifyOf = async (uid: number): Promise<number> => {
  const counted = `find /proc/[0-9]*/fd -user ${uid} -lname anon_inode:inotify -printf .`
  const { stdout } = await execa('sh', ['-c', counted], { reject: false }) // it complains of processes that end meanwhile
  return stdout.length
}

export const readLeft = async (where: string): Promise<Left> => {
  const [{ bavail, bsize }, meminfo] = await Promise.all([statfs(where), readFile('/proc/meminfo', 'utf8')])
  const available = /^MemAvailable: +(\d+) kB$/m.exec(meminfo)?.[1]
  return { diskGib: (bavail * bsize) / gib, memoryGib: available === undefined ? Infinity : Number(available) / 1024 ** 2 }
}

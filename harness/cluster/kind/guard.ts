// Guards the machine during a run, so that it does not run out of disk, memory or inotify instances.
import { readFile, statfs } from 'node:fs/promises'
import { execa } from 'execa'
import { LabError } from '../../model/lab-error.ts'
import { lookAtDocker } from './docker.ts'
import { setInotify } from './doctor/limits.ts'
import { gib, readMachine } from './machine.ts'

/** Free resources of a machine. */
export interface Left {
  readonly diskGib: number
  readonly memoryGib: number
}

/** With less, kubelets would begin to evict, or the kernel to kill processes, even of other programs. */
const least: Left = { diskGib: 1, memoryGib: 0.25 }

/** Why a run has to stop; null: it may continue. `where`: the folder of the engine's data. */
export const hostPressure = ({ diskGib, memoryGib }: Left, where: string): LabError | null => {
  if (diskGib < least.diskGib)
    return strain(
      `${diskGib.toFixed(1)} GiB of disk are left at ${where}, and ${least.diskGib} GiB are kept free`,
      'free some: `docker system df` shows what Docker uses; then continue with `lab run --resume`',
    )
  if (memoryGib < least.memoryGib)
    return strain(
      `${(memoryGib * 1024).toFixed(0)} MiB of memory are left, and ${least.memoryGib * 1024} MiB are kept free`,
      'stop other programs, or use fewer nodes: `lab run --workers`',
    )
  return null
}

/** Like `hostPressure`, for inotify instances: used and allowed ones of a user. */
export const inotifyPressure = (used: number, allowed: number): LabError | null =>
  used < allowed
    ? null
    : strain(
        `all ${allowed} inotify instances that root may have are taken: kubelets and DNS would fail silently`,
        `\`${setInotify}\`; then continue with \`lab run --resume\``,
      )

const strain = (why: string, next: string): LabError =>
  new LabError('Run stopped: this machine is about to run out of resources', { why, next })

/** Calls back once. It watches only the machine of this process. Returns a function that stops it. */
export const guardMachine = async (strained: (why: LabError) => void): Promise<() => void> => {
  const docker = await lookAtDocker()
  const where = docker.engine?.rootDir
  const { isHere, inotifyInstances } = await readMachine(docker)
  if (where === undefined || !isHere) return () => {}
  const room = async () => hostPressure(await readLeft(where), where)
  const instances = async () => inotifyPressure(await inotifyOf(root), inotifyInstances ?? Infinity)
  const look = async (read: () => Promise<LabError | null>): Promise<void> => {
    const why = await read().catch(() => null) // a folder that only root can see has no reading
    if (!why || stopped) return
    stop()
    strained(why)
  }
  let stopped = false
  const stop = (): void => {
    stopped = true
    for (const timer of timers) clearInterval(timer)
  }
  // Counting instances starts a process, which delays this one: done rarely, since this process may be calling a service.
  const timers = [setInterval(() => void look(room), 5_000), setInterval(() => void look(instances), 60_000)]
  for (const timer of timers) timer.unref()
  return stop
}

const root = 0

/** Inotify instances of a user's processes, as far as this process may read them. Takes 20 ms of CPU with seven nodes. */
export const inotifyOf = async (uid: number): Promise<number> => {
  const counted = `find /proc/[0-9]*/fd -user ${uid} -lname anon_inode:inotify -printf .`
  const { stdout } = await execa('sh', ['-c', counted], { reject: false }) // it fails for processes that end meanwhile
  return stdout.length
}

export const readLeft = async (where: string): Promise<Left> => {
  const [{ bavail, bsize }, meminfo] = await Promise.all([statfs(where), readFile('/proc/meminfo', 'utf8')])
  const available = /^MemAvailable: +(\d+) kB$/m.exec(meminfo)?.[1]
  return { diskGib: (bavail * bsize) / gib, memoryGib: available === undefined ? Infinity : Number(available) / 1024 ** 2 }
}

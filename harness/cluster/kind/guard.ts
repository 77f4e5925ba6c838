// While a run is at work: the machine must not run out of disk or memory by it.
import { readFile, statfs } from 'node:fs/promises'
import { LabError } from '../../model/lab-error.ts'
import { lookAtDocker } from './docker.ts'
import { gib, readMachine } from './machine.ts'

/** What is left of a machine. */
export interface Left {
  readonly diskGib: number
  readonly memoryGib: number
}

/** With less the kubelets would begin to evict, or the kernel to end processes, which need not be the lab's. */
const least: Left = { diskGib: 1, memoryGib: 0.25 }

/** Why a run has to stop; null: it may go on. `where`: the folder of the engine's data. */
export const strainOf = ({ diskGib, memoryGib }: Left, where: string): LabError | null => {
  const stop = (what: string, next: string): LabError =>
    new LabError('The run was stopped before it hurts this machine', { why: what, next })
  if (diskGib < least.diskGib)
    return stop(
      `${diskGib.toFixed(1)} GiB of disk are left at ${where}, and ${least.diskGib} GiB are kept free`,
      'free some: `docker system df` says what Docker has of it; then `lab run --resume` goes on',
    )
  if (memoryGib < least.memoryGib)
    return stop(
      `${(memoryGib * 1024).toFixed(0)} MiB of memory are left, and ${least.memoryGib * 1024} MiB are kept free`,
      'end something else, or use fewer nodes: `lab run --workers`',
    )
  return null
}

const everyMs = 5_000

/** Calls back once. On a machine that cannot be seen from here it watches nothing. Returns how to stop. */
export const guardMachine = async (strained: (why: LabError) => void): Promise<() => void> => {
  const docker = await lookAtDocker()
  const where = docker.engine?.rootDir
  if (where === undefined || !(await readMachine(docker)).isHere) return () => {}
  const look = async (): Promise<void> => {
    const left = await readLeft(where).catch(() => null) // a folder that root alone can see says nothing
    const why = left && strainOf(left, where)
    if (!why) return
    clearInterval(timer)
    strained(why)
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

export const readLeft = async (where: string): Promise<Left> => {
  const [{ bavail, bsize }, meminfo] = await Promise.all([statfs(where), readFile('/proc/meminfo', 'utf8')])
  const available = /^MemAvailable: +(\d+) kB$/m.exec(meminfo)?.[1]
  return { diskGib: (bavail * bsize) / gib, memoryGib: available === undefined ? Infinity : Number(available) / 1024 ** 2 }
}

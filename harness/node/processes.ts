// The processes of this machine, from /proc/<pid>/stat, and how much CPU time each used between two reads.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Process {
  readonly pid: number
  readonly parent: number
  /** Ticks since boot. With the pid it is unique: a pid is used again. */
  readonly startedAt: number
  /** Its name in the kernel, at most 15 characters. */
  readonly comm: string
  /** CPU time of its own, in ticks. */
  readonly ticks: number
  /** CPU time of child processes that ended and that it waited for, in ticks. */
  readonly reapedTicks: number
}

/** By pid. */
export type Processes = ReadonlyMap<number, Process>

/** All of them. Synchronous: that takes a quarter of the CPU time, about 25 µs a process. */
export const readProcesses = (proc: string): Processes => {
  const pids = readdirSync(proc).filter((name) => /^\d+$/.test(name))
  const found = pids.flatMap((pid) => {
    const text = readOr(join(proc, pid, 'stat'), '')
    return text === '' ? [] : [parsed(text)] // it ended meanwhile
  })
  return new Map(found.map((process) => [process.pid, process]))
}

/** The text of a file; `missing` where it cannot be read. */
export const readOr = <T>(path: string, missing: T): string | T => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return missing
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name, in brackets, may contain spaces and brackets. */
const parsed = (text: string): Process => {
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')]
  const fields = text.slice(close + 2).split(' ')
  const field = (number: number): number => Number(fields[number - 3])
  return {
    pid: Number.parseInt(text, 10),
    comm: text.slice(open + 1, close),
    parent: field(4),
    ticks: field(14) + field(15),
    reapedTicks: field(16) + field(17),
    startedAt: field(22),
  }
}

export interface Use {
  readonly process: Process
  readonly ticks: number
}

/** What each process used that still runs, with its child processes that ended in between: `go build` with its compilers. */
export const usedBetween = (before: Processes, after: Processes): Use[] => {
  const known = knownOfEnded(before, after)
  return [...after.values()].map((process) => {
    const was = sameIn(before, process)
    const own = process.ticks - (was?.ticks ?? 0)
    const reaped = process.reapedTicks - (was?.reapedTicks ?? 0) - (known.get(process.pid) ?? 0)
    return { process, ticks: own + (process.pid === init ? 0 : Math.max(0, reaped)) }
  })
}

/** It waits for the orphans of all programs: whose they were is not known. */
const init = 1

const sameIn = (processes: Processes, { pid, startedAt }: Process): Process | undefined => {
  const found = processes.get(pid)
  return found?.startedAt === startedAt ? found : undefined
}

/**
 * By the pid of a process that may have waited for them: what ended processes had used before. The parent of an ended process waited for it if it still
 * runs. If it ended too, any of its ancestors did: each of them gets less rather than too much.
 */
const knownOfEnded = (before: Processes, after: Processes): ReadonlyMap<number, number> => {
  const known = new Map<number, number>()
  for (const process of before.values()) {
    if (sameIn(after, process)) continue
    const ancestors = ancestorsOf(process, before)
    const [parent] = ancestors
    const waited = parent && sameIn(after, parent) ? [parent] : ancestors
    for (const { pid } of waited) known.set(pid, (known.get(pid) ?? 0) + process.ticks + process.reapedTicks)
  }
  return known
}

/** Its parent first. */
export const ancestorsOf = (process: Process, processes: Processes): Process[] => {
  const found = new Set<Process>()
  for (let each = processes.get(process.parent); each && !found.has(each); each = processes.get(each.parent)) found.add(each)
  return [...found]
}

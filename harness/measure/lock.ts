// One run at a time on a machine: two would measure each other.
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LabError } from '../model/lab-error.ts'
import { stateDir } from '../places.ts'

/** Takes the lock, or says who has it. Returns how to give it back. A lock whose process is gone is taken over. */
export const takeLock = async (folder = stateDir()): Promise<() => Promise<void>> => {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'lock')
  const holder = Number(await readFile(path, 'utf8').catch(() => '0'))
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new LabError('Another lab command is at work on this machine', {
      why: `process ${holder} holds ${path}`,
      next: 'wait for it, or end it',
      exit: 'cannotRun',
    })
  }
  await rm(path, { force: true })
  const file = await open(path, 'wx')
  await file.write(String(process.pid))
  await file.close()
  return () => rm(path, { force: true })
}

/** Does work while holding the lock. */
export const withLock = async (work: () => Promise<void>): Promise<void> => {
  const release = await takeLock()
  try {
    await work()
  } finally {
    await release()
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

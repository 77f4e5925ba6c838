// One command at a time may change clusters: concurrent runs would disturb each other's measurements. SQLite's file lock implements it, so the kernel frees it
// as soon as its holder has ended, for any reason.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import { stateDir } from '../places.ts'

const Holder = z.strictObject({
  pid: z.number(),
  /** In words. */
  command: z.string(),
  since: z.iso.datetime(),
  /** Whether it needs clean-up after a kill. */
  watched: z.boolean(),
  /** Whether it released the lock itself. */
  ended: z.boolean(),
})
/** The current or last owner of the lock. */
export type Holder = z.infer<typeof Holder>

export interface Lock {
  /** The previous owner, if it was killed and may have left something behind; null: none. */
  readonly cutOff: Holder | null
  readonly release: () => Promise<void>
}

interface Wanted extends Pick<Holder, 'command' | 'watched'> {
  /** Called once if another process has it. */
  readonly waiting: (holder: Holder | null) => void
  readonly signal: AbortSignal
}

/** Takes the lock of this state folder; waits while another process has it. */
export const takeLock = async ({ command, watched, waiting, signal }: Wanted, folder = stateDir()): Promise<Lock> => {
  await mkdir(folder, { recursive: true })
  const database = new DatabaseSync(join(folder, 'work.lock'), { timeout: 0 })
  const path = join(folder, 'work.json')
  try {
    for (let looks = 0; !locked(database); looks += 1) {
      if (looks === 0) waiting(await read(path))
      await pause(500, undefined, { signal })
    }
    const before = await read(path)
    const holder: Holder = { pid: process.pid, command, since: new Date().toISOString(), watched, ended: false }
    await writeFile(path, JSON.stringify(holder))
    const release = async (): Promise<void> => {
      await writeFile(path, JSON.stringify({ ...holder, ended: true }))
      database.close()
    }
    return { cutOff: before?.watched && !before.ended ? before : null, release }
  } catch (error) {
    database.close()
    throw error
  }
}

const busy = 5 // SQLITE_BUSY

const locked = (database: DatabaseSync): boolean => {
  try {
    database.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return false
    throw error
  }
}

const read = async (path: string): Promise<Holder | null> => {
  try {
    return Holder.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null // missing, or being written
  }
}

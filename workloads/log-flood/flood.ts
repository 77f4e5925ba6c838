// Decides the course of a flood: at its rate, up to its bound, and again and again while there is no room.
import type { Write } from './destination.ts'
import { lineBytes, Lines, mostLines } from './lines.ts'
import { Pace } from './pace.ts'

const tickMs = 20
const retryMs = 100
const noRoom: readonly unknown[] = ['ENOSPC', 'EDQUOT']

/** What the flood needs of time; a test brings its own. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  readonly nowMs: () => number
  readonly wait: (delayMs: number) => Promise<void>
}

/** How much to write, and what to call when it does not fit. */
export interface Order {
  readonly bytesPerS: number
  /** Only whole lines are written, so up to a line less. */
  readonly atMostBytes: number
  /** Called the first time there is no room. */
  readonly onFull: () => void
}

/** How far the flood is. */
export interface Progress {
  writtenBytes: number
  /** How often a write found no room. */
  fullAttempts: number
}

/** Writes until the bound is reached, keeping count in `progress`. Rejects when writing fails for any reason but a lack of room. */
export const flood = async (order: Order, write: Write, clock: Clock, progress: Progress): Promise<void> => {
  const lines = new Lines()
  const pace = new Pace(order.bytesPerS, lineBytes, clock.nowMs())
  let left = Math.floor(order.atMostBytes / lineBytes)
  while (left > 0) {
    await clock.wait(tickMs)
    let due = Math.min(Math.floor(pace.allowedBytes(clock.nowMs()) / lineBytes), left)
    left -= due
    while (due > 0) {
      const bytes = lines.fill(Math.min(due, mostLines))
      await writeAll(bytes, write, clock, progress, order.onFull)
      pace.spend(bytes.length)
      due -= bytes.length / lineBytes
    }
  }
}

const writeAll = async (bytes: Buffer, write: Write, clock: Clock, progress: Progress, onFull: () => void): Promise<void> => {
  for (let rest = bytes; rest.length > 0;) {
    try {
      const taken = await write(rest)
      progress.writtenBytes += taken
      rest = rest.subarray(taken)
    } catch (error) {
      if (!noRoom.includes((error as NodeJS.ErrnoException).code)) throw error
      progress.fullAttempts += 1
      if (progress.fullAttempts === 1) onFull()
      await clock.wait(retryMs)
    }
  }
}

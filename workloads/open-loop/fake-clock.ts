// Decides how time passes in tests: only when someone waits, and with a stall when told to.
import type { Clock } from './schedule.ts'

/** A clock which starts at 0; the wait under way at `stall.atMs` ends `stall.forMs` late. */
export function fakeClock(stall = { atMs: Infinity, forMs: 0 }): Clock {
  let nowMs = 0
  let stalled = false
  return {
    nowUs: () => nowMs * 1000,
    wait: async (delayMs) => {
      await new Promise(setImmediate) // replies which are there already arrive before time passes
      nowMs += delayMs
      if (stalled || nowMs < stall.atMs) return
      stalled = true
      nowMs += stall.forMs
    },
  }
}

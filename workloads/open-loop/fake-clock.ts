// Decides how time passes in tests: only when someone waits, with a stall and an alarm when asked for.
import type { Clock } from './schedule.ts'

const noStall = { atMs: Infinity, forMs: 0 }
const noAlarm = { atMs: Infinity, ring: (): void => {} }

/** A clock which starts at 0; the wait under way at `stall.atMs` ends `stall.forMs` late, and `alarm` rings in its wait. */
export const fakeClock = (stall = noStall, alarm = noAlarm): Clock => {
  let nowMs = 0
  let stalled = false
  return {
    nowUs: () => nowMs * 1000,
    wait: async (delayMs, stop) => {
      await new Promise(setImmediate) // replies which are there already arrive before time passes
      const endMs = nowMs + delayMs
      if (nowMs < alarm.atMs && alarm.atMs <= endMs) {
        nowMs = alarm.atMs
        alarm.ring()
        if (stop?.aborted === true) return
      }
      nowMs = endMs
      if (stalled || nowMs < stall.atMs) return
      stalled = true
      nowMs += stall.forMs
    },
  }
}

/** A clock which starts at 0, and a signal which says stop when it shows `atMs`. */
export const stoppedAt = (atMs: number): { readonly clock: Clock; readonly stop: AbortSignal } => {
  const stopping = new AbortController()
  return { clock: fakeClock(noStall, { atMs, ring: () => stopping.abort() }), stop: stopping.signal }
}

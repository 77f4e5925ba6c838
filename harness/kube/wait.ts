// Waits for a condition until a deadline; the error has the last observed state.
import { setTimeout as pause } from 'node:timers/promises'
import { LabError } from '../model/lab-error.ts'
import type { Exit } from '../model/lab-error.ts'

export interface Wait {
  /** Completes the sentence "waited 60 s for ...". */
  readonly what: string
  readonly deadlineMs: number
  readonly signal: AbortSignal
  readonly everyMs?: number
  readonly next?: string
  readonly exit?: Exit
  /** Collected only when the deadline passes: events, log lines. */
  readonly evidence?: () => Promise<readonly string[]>
}

/** Result of one look: the awaited value, or the state so far. */
export type Look<T> = { readonly value: T } | { readonly notYet: string }

/** Calls `look` until it returns a value. An error of `look` ends the wait: only `notYet` means "not yet". */
export const waitFor = async <T>(wait: Wait, look: () => Promise<Look<T>>): Promise<T> => {
  const end = performance.now() + wait.deadlineMs
  for (;;) {
    wait.signal.throwIfAborted()
    const seen = await look()
    if ('value' in seen) return seen.value
    if (performance.now() > end) throw await deadlinePassed(wait, seen.notYet)
    await pause(wait.everyMs ?? 200, undefined, { signal: wait.signal })
  }
}

/** The error of a wait that ended without its condition. */
export const deadlinePassed = async (wait: Wait, lastState: string): Promise<LabError> =>
  new LabError(`Waited ${wait.deadlineMs / 1000} s for ${wait.what}`, {
    why: `last seen: ${lastState}`,
    evidence: (await wait.evidence?.()) ?? [],
    ...(wait.next ? { next: wait.next } : {}),
    ...(wait.exit ? { exit: wait.exit } : {}),
  })

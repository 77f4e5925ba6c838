// Progress and cancellation of long work.

/** Replaces the live line under the running step. */
export type Say = (line: string) => void

/**
 * Runs `work` as a named step. The title is in the imperative. Errors pass through. `expected`: duration of the step, if
 * known, so that the remaining time is known while others run.
 */
export type Progress = <T>(title: string, work: (say: Say) => Promise<T>, expected?: ExpectedTime) => Promise<T>

/** Estimated duration on this machine. */
export interface ExpectedTime {
  readonly seconds: number
  /** The part for windows and timers, which take the same time on any machine; default: none. */
  readonly floorSeconds?: number
}

/** Passed to all long work. */
export interface Work {
  readonly step: Progress
  /** For concurrent steps; default: `step`. */
  readonly beside?: Progress
  readonly signal: AbortSignal
}

// How long work reports its progress to a watcher, and how it is stopped.

/** Replaces the live line under the step that is under way. */
export type Say = (line: string) => void

/**
 * Runs `work` as a named step. The title says what is done, in the imperative. Errors pass through. `expected`: how long the step takes, where
 * that is known, so that the time left is known while others run.
 */
export type Progress = <T>(title: string, work: (say: Say) => Promise<T>, expected?: ExpectedTime) => Promise<T>

/** How long something takes on this machine, estimated before it begins. */
export interface ExpectedTime {
  readonly seconds: number
  /** Of them windows and timers, which take as long on any machine; without it none. */
  readonly floorSeconds?: number
}

/** What everything that takes long is given. */
export interface Work {
  readonly step: Progress
  /** For steps that go on beside others; without it `step`. */
  readonly beside?: Progress
  readonly signal: AbortSignal
}

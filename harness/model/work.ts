// How long work reports its progress to whoever watches, and how it is stopped.

/** Replaces the live line under the step that is under way. */
export type Say = (line: string) => void

/** Runs `work` as a named step. The title says what is done, in the imperative. Errors pass through. */
export type Progress = <T>(title: string, work: (say: Say) => Promise<T>) => Promise<T>

/** What everything that takes long is given. */
export interface Work {
  readonly step: Progress
  readonly signal: AbortSignal
}

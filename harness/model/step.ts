// How long work is told to whoever watches: named and timed by the one who shows it.

/** Replaces the live line under the step that is under way. */
export type Say = (line: string) => void

/** Runs `work` as a named step. The title says what is done, in the imperative. Errors pass through. */
export type Step = <T>(title: string, work: (say: Say) => Promise<T>) => Promise<T>

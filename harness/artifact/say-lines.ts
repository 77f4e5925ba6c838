// Shows the output of a program while it runs.
import type { ProcessPromise } from 'zx/core'
import type { Say } from '../model/work.ts'

/** Passes each line of its standard output to `say`. Resolves when the program has ended; rejects if it failed or was killed. */
export const sayLines = async (running: ProcessPromise, say: Say): Promise<void> => {
  running.catch(() => {}) // awaited below: when it is killed the loop may end first
  for await (const line of running) say(line)
  await running
}

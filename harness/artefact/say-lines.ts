// What a program prints while it works, shown as it comes.
import type { ProcessPromise } from 'zx/core'
import type { Say } from '../model/work.ts'

/** Says each line of its standard output. Resolves when the program has ended; rejects when it failed, or was killed. */
export const sayLines = async (running: ProcessPromise, say: Say): Promise<void> => {
  running.catch(() => {}) // awaited below: when it is killed the loop may end first
  for await (const line of running) say(line)
  await running
}

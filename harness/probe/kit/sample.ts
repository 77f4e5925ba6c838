// Something looked at again and again, for as long as a trial goes on.
import { setTimeout as pause } from 'node:timers/promises'
import { LabError } from '../../model/lab-error.ts'
import type { NodeShell } from '../../model/node-shell.ts'
import type { ProbeContext } from './probe.ts'

/** The shell on the episode's node; `what` is looked at there. */
export const nodeShell = ({ shells, node }: ProbeContext, what: string): NodeShell => {
  const shell = node && shells.get(node)
  if (!shell)
    throw new LabError(`${what} is looked at on the node of an episode, and there is none`, {
      exit: 'usage',
      next: 'take the probe out of the scenario, or make its trial an episode',
    })
  return shell
}

/** Looks that go on until they are ended. */
interface Looks {
  /** The first one, which began at once. */
  readonly first: Promise<void>
  /** Looks a last time. An error of any look is thrown here. */
  readonly end: () => Promise<void>
  /** No further look: the trial was cut off. */
  readonly stop: () => void
}

/** Looks at once, and again after each pause of `everyMs`. */
export const lookEvery = (everyMs: number, look: () => Promise<void>): Looks => {
  const ended = new AbortController()
  const first = look()
  const looking = (async () => {
    await first
    while (!ended.signal.aborted) {
      await pause(everyMs, undefined, { signal: ended.signal }).catch(() => {}) // ended
      if (!ended.signal.aborted) await look()
    }
  })()
  looking.catch(() => {}) // reported by end
  const stop = (): void => ended.abort()
  return {
    first,
    end: async () => {
      stop()
      await looking
      await look()
    },
    stop,
  }
}

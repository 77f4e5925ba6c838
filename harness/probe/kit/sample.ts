// Repeated samples throughout a trial.
import { setTimeout as pause } from 'node:timers/promises'
import { LabError } from '../../model/lab-error.ts'
import type { NodeShell } from '../../model/node-shell.ts'
import type { ProbeContext } from './probe.ts'

/** The shell on the episode's node; `what`: what the probe reads there. */
export const nodeShell = ({ testbed, node }: ProbeContext, what: string): NodeShell => {
  if (node === null)
    throw new LabError(`${what} can only be read on the node of an episode, and steady load has none`, {
      exit: 'usage',
      next: 'remove the probe from the scenario, or make its trial an episode',
    })
  return testbed.shell(node)
}

/** Repeated looks until the end. */
interface Looks {
  /** The first look, which starts at once. */
  readonly first: Promise<void>
  /** Looks a last time. An error of any look is thrown here. */
  readonly end: () => Promise<void>
  /** Stops: the trial was interrupted. */
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

// Decides how one trial runs: read the flags, connect, wait for "go", load, and print the result.
import { setTimeout as wait } from 'node:timers/promises'
import { fail, print, runWithFlags } from './flags/command-line.ts'
import type { FlaggedProgram } from './flags/command-line.ts'
import { listenToOrders } from './controller.ts'
import { runLoad } from './load.ts'
import type { Say } from './load.ts'
import type { LoadFlags } from './flags/load-flags.ts'
import type { Clock } from './schedule.ts'

/** Connections which are open, and the way to send on them. */
export interface Connections {
  readonly count: number
  readonly say: Say
}

/** A load client: what is its own besides the open loop. */
export interface LoadClient<Flags extends LoadFlags> extends Pick<FlaggedProgram<Flags>, 'usage' | 'readFlags'> {
  /** Resolves when every connection is really open; sends no request. */
  readonly connect: (flags: Flags) => Promise<Connections>
}

const clock: Clock = {
  nowUs: () => performance.now() * 1000,
  wait: (delayMs, stop) => wait(delayMs, undefined, stop && { signal: stop }).catch(() => {}), // rejects only at `stop`
}

/** Runs the client on this process's flags, stdin and stdout. */
export const runClient = <Flags extends LoadFlags>({ usage, readFlags, connect }: LoadClient<Flags>): void => {
  const run = async (flags: Flags): Promise<void> => {
    const { go, stop } = listenToOrders(() => fail('stdin ended before the result: the controller is gone. The load stopped.'))
    const { count, say } = await connect(flags)
    await print({ event: 'connected', connections: count })
    await go
    await print(await runLoad(flags, say, clock, stop, (second) => void print({ event: 'second', ...second })))
    process.exit(0)
  }
  runWithFlags({ variable: 'LOAD_FLAGS', usage, readFlags, run })
}

// Ctrl-C: what fires when the user wants the command to end.
import { cleanLogPath } from '../places.ts'

const interrupt = new AbortController()

/** Fired by the first of them; its reason is an `Interruption`. */
export const interrupted = interrupt.signal

/** Ctrl-C, a request to end, and a terminal that was closed; each with the exit code that a shell gives it. */
const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const

/** One Ctrl-C comes twice under npx and make: the terminal signals the whole group, and npm forwards what it got. */
const sameSignalMs = 1000

/** What is said at the first signal. */
let ending = 'ending'

/** From now on the command removes what it made when it ends, and a watchdog does where it cannot. */
export const announceCleanup = (): void => {
  ending = 'cleaning up; press Ctrl-C again to finish the clean-up in the background'
}

/** Ends the process without its clean-up, which the watchdog then begins anew. */
export const leaveToWatchdog = (): never => {
  process.stderr.write(`clean-up continues in the background, and the next command waits for it; its log: ${cleanLogPath()}\n`)
  process.exit(interrupt.signal.reason instanceof Interruption ? interrupt.signal.reason.exitCode : 1)
}

/** The first signal stops the work and lets clean-up run; one that comes more than a second later ends the process at once, and the watchdog cleans up. */
export const listenForSignals = (): void => {
  let firstAt = -Infinity
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}) // a reader that left, such as `head`, does not stop the clean-up
  for (const [name, exitCode] of signals) {
    process.on(name, () => {
      if (performance.now() - firstAt < sameSignalMs) return
      if (interrupt.signal.aborted) process.exit(exitCode)
      firstAt = performance.now()
      process.stderr.write(`\n${name}: ${ending}\n`)
      interrupt.abort(new Interruption(name, exitCode))
    })
  }
}

export class Interruption extends Error {
  override readonly name = 'Interruption'
  readonly exitCode: number
  constructor(signal: string, exitCode: number) {
    super(`interrupted by ${signal}`)
    this.exitCode = exitCode
  }
}

// Ctrl-C: a signal that fires when the user stops the command.
import { cleanLogPath } from '../places.ts'

const interruption = new AbortController()

/** The first of the signals below fires it; its reason is an `Interruption`. */
export const interrupted = interruption.signal

/** Ctrl-C, a termination request, and a closed terminal; each with its usual exit code in a shell. */
const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const

/** Under npx and make one Ctrl-C arrives twice: the terminal signals the whole group, and npm forwards its signal. */
const sameSignalMs = 1000

/** Message at the first signal. */
let ending = 'ending'

/** From now on the command removes what it created when it ends; a watchdog does so if it cannot. */
export const announceCleanup = (): void => {
  ending = 'cleaning up; press Ctrl-C again to finish the clean-up in the background'
}

/** Ends the process without clean-up; the watchdog then starts it again. */
export const leaveToWatchdog = (): never => {
  process.stderr.write(`clean-up continues in the background, and the next command waits for it; its log: ${cleanLogPath()}\n`)
  process.exit(interrupted.reason instanceof Interruption ? interrupted.reason.exitCode : 1)
}

/** Stops the work and lets clean-up run. `by`: a signal, or another reason, in words. */
export const interrupt = (by: string, exitCode: number): void => {
  if (interrupted.aborted) return
  process.stderr.write(`\n${by}: ${ending}\n`)
  interruption.abort(new Interruption(by, exitCode))
}

/** The first signal stops the work and lets clean-up run; another one over a second later ends the process at once, and the watchdog cleans up. */
export const listenForSignals = (): void => {
  let firstAt = -Infinity
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}) // a closed reader, such as `head`, does not stop the clean-up
  for (const [name, exitCode] of signals) {
    process.on(name, () => {
      if (performance.now() - firstAt < sameSignalMs) return
      if (interrupted.aborted) process.exit(exitCode)
      firstAt = performance.now()
      interrupt(name, exitCode)
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

// Ctrl-C: what fires when the user wants the command to end.

const interrupt = new AbortController()

/** Fired by the first SIGINT or SIGTERM; its reason is the signal's name. */
export const interrupted = interrupt.signal

/** One Ctrl-C comes twice under npx and make: the terminal signals the whole group, and npm forwards what it got. */
const sameSignalMs = 1000

/** The first signal stops the work and lets clean-up run; one that comes more than a second later ends the process at once. */
export const listenForSignals = (): void => {
  let firstAt = -Infinity
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}) // a reader that left, such as `head`, is no reason to leave without clean-up
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (performance.now() - firstAt < sameSignalMs) return
      if (interrupt.signal.aborted) process.exit(name === 'SIGINT' ? 130 : 143)
      firstAt = performance.now()
      process.stderr.write(`\n${name}: removing what was created; once more to leave at once\n`)
      interrupt.abort(new Interruption(name))
    })
  }
}

export class Interruption extends Error {
  override readonly name = 'Interruption'
  readonly exitCode: number
  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`interrupted by ${signal}`)
    this.exitCode = signal === 'SIGINT' ? 130 : 143
  }
}

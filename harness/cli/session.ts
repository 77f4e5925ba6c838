// What every command is given: progress, and a signal that Ctrl-C fires.
import { provider } from '../cluster/index.ts'
import type { Work } from '../model/work.ts'
import { makeStep, startClock } from './progress.ts'

const interrupt = new AbortController()

/** Fired by the first SIGINT or SIGTERM; its reason is the signal's name. */
export const interrupted = interrupt.signal

/** The first signal stops the work and lets clean-up run; the second one ends the process at once. */
export const listenForSignals = (): void => {
  process.stdout.on('error', () => {}) // a reader that left, such as `head`, is no reason to leave without clean-up
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (interrupt.signal.aborted) process.exit(name === 'SIGINT' ? 130 : 143)
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

/** `expectedSeconds`: of all the work, where that is known; each step says how far it is then. */
export const work = (expectedSeconds?: number): Work => ({
  step: makeStep(expectedSeconds === undefined ? undefined : startClock(expectedSeconds)),
  signal: interrupted,
})

export { provider }

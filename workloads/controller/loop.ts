// Decides when there is a pass: one at a time, once more for whatever changed meanwhile, and again later after a failure.
import { setImmediate } from 'node:timers/promises'
import { wordsOf } from './api.ts'
import type { Log } from '../service/log.ts'

const firstRetryMs = 1000
const longestRetryMs = 30_000

/** Passes, as many as there must be until `signal` aborts. A failed one is reported as `trouble`, with the time to the next try. */
export class Loop {
  readonly #pass: () => Promise<void>
  readonly #log: Log
  readonly #signal: AbortSignal
  #isRunning = false
  #isWanted = false
  #retryMs = firstRetryMs
  #retry: NodeJS.Timeout | undefined
  #ended = Promise.resolve()

  constructor(pass: () => Promise<void>, log: Log, signal: AbortSignal) {
    this.#pass = pass
    this.#log = log
    this.#signal = signal
    signal.addEventListener('abort', () => clearTimeout(this.#retry), { once: true })
  }

  /** Resolves when the pass under way is over. */
  get ended(): Promise<void> {
    return this.#ended
  }

  /** Something has changed: there will be a pass that begins after this moment. It does not wait for a retry. */
  readonly wake = (): void => {
    this.#isWanted = true
    if (this.#isRunning || this.#signal.aborted) return
    this.#isRunning = true
    this.#ended = this.#run()
  }

  async #run(): Promise<void> {
    while (this.#isWanted && !this.#signal.aborted) {
      await setImmediate() // changes come in bursts
      this.#isWanted = false
      clearTimeout(this.#retry)
      try {
        await this.#pass()
        this.#retryMs = firstRetryMs
      } catch (error) {
        this.#retryLater(error)
      }
    }
    this.#isRunning = false
  }

  #retryLater(error: unknown): void {
    if (this.#signal.aborted) return
    this.#log('trouble', { what: 'pass', why: wordsOf(error), retryMs: this.#retryMs })
    this.#retry = setTimeout(this.wake, this.#retryMs)
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs)
  }
}

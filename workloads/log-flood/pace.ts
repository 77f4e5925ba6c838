// Decides how much may be written by now: what the rate allows, and at most one second of it in arrears.

const mostArrearsMs = 1000

/** A rate that is kept on average, and not made up for when something else held the flood back for long. */
export class Pace {
  readonly #bytesPerMs: number
  readonly #mostBytes: number
  #allowedBytes = 0
  #lastMs: number

  /** `leastBytes` is what a write needs: that much can always be saved up. */
  constructor(bytesPerS: number, leastBytes: number, startMs: number) {
    this.#bytesPerMs = bytesPerS / 1000
    this.#mostBytes = Math.max(this.#bytesPerMs * mostArrearsMs, leastBytes)
    this.#lastMs = startMs
  }

  /** How much may be written at this moment. */
  allowedBytes(nowMs: number): number {
    this.#allowedBytes = Math.min(this.#allowedBytes + (nowMs - this.#lastMs) * this.#bytesPerMs, this.#mostBytes)
    this.#lastMs = nowMs
    return this.#allowedBytes
  }

  /** Counts what was written. */
  spend(bytes: number): void {
    this.#allowedBytes -= bytes
  }
}

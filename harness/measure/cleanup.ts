// Clean-up is registered when a thing is made, runs in reverse, and goes on whatever fails.
import { reasonOf } from '../model/lab-error.ts'

/** The signal of clean-up, which goes on after Ctrl-C: it never aborts. */
export const uninterrupted = new AbortController().signal

interface Undo {
  readonly what: string
  readonly undo: () => Promise<void>
}

export class Cleanup {
  readonly #undos: Undo[] = []

  /** `what` completes "could not ...": remove the namespace x. */
  add(what: string, undo: () => Promise<void>): void {
    this.#undos.push({ what, undo })
  }

  /** Undoes everything, the last thing first, and never throws: the lines say what stayed behind, and why. */
  async run(): Promise<string[]> {
    const leftBehind: string[] = []
    for (let next = this.#undos.pop(); next; next = this.#undos.pop()) {
      const { what, undo } = next
      await undo().catch((error: unknown) => void leftBehind.push(`could not ${what}: ${reasonOf(error)}`))
    }
    return leftBehind
  }
}

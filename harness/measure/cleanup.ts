// Clean-up steps are registered on creation, run in reverse, and continue after a failure.
import { reasonOf } from '../model/lab-error.ts'

/** The signal of clean-up, which continues after Ctrl-C: it never fires. */
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

  /** Undoes everything in reverse order, and never throws: the lines say what stayed behind, and why. */
  async run(): Promise<string[]> {
    const leftBehind: string[] = []
    for (let next = this.#undos.pop(); next; next = this.#undos.pop()) {
      const { what, undo } = next
      await undo().catch((error: unknown) => void leftBehind.push(`could not ${what}: ${reasonOf(error)}`))
    }
    return leftBehind
  }
}

// Clean-up is registered when a thing is made, runs in reverse, and collects its errors instead of stopping at one.
import { LabError, messageOf } from '../model/lab-error.ts'

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

  /** Undoes everything, the last thing first. Throws one error that names all that stayed behind. */
  async run(): Promise<void> {
    const failures: string[] = []
    for (let next = this.#undos.pop(); next; next = this.#undos.pop()) {
      const { what, undo } = next
      await undo().catch((error: unknown) => failures.push(`could not ${what}: ${messageOf(error)}`))
    }
    if (failures.length > 0) {
      throw new LabError('Clean-up left something behind', {
        evidence: failures,
        next: '`lab down` removes the cluster with everything in it',
      })
    }
  }
}

// Decides how memory is taken so that it counts: every page is written, no two are alike, and none compresses.
import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

const pageBytes = 4096
const patternBytes = 2 ** 20
// Between two slices the process hears signals: a page may have to come from a slow disk first.
const sliceBytes = 8 * 2 ** 20

/** Memory which is reserved, and really there as far as it was taken. */
export class Memory {
  readonly #bytes: Buffer
  readonly #pattern = randomBytes(patternBytes)
  #takenBytes = 0

  /** Reserves whole pages of address space, which costs nothing yet. Throws when there is not enough of it. */
  constructor(sizeBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(Math.ceil(sizeBytes / pageBytes) * pageBytes)
  }

  /** What is reserved. */
  get sizeBytes(): number {
    return this.#bytes.length
  }

  /** What is really there. */
  get takenBytes(): number {
    return this.#takenBytes
  }

  /** The part that is really there. */
  get taken(): Buffer {
    return this.#bytes.subarray(0, this.#takenBytes)
  }

  /** Takes more, up to this much of it all, in whole pages. */
  async takeUpTo(bytes: number): Promise<void> {
    const endBytes = Math.min(Math.floor(bytes / pageBytes) * pageBytes, this.sizeBytes)
    while (this.#takenBytes < endBytes) {
      this.#write(this.#takenBytes, Math.min(this.#takenBytes + sliceBytes, endBytes))
      await setImmediate()
    }
  }

  /** Writes to each page taken, so that the kernel sees it in use and finds colder pages to reclaim. */
  async touch(): Promise<void> {
    for (let startBytes = 0; startBytes < this.#takenBytes; startBytes += sliceBytes) {
      const endBytes = Math.min(startBytes + sliceBytes, this.#takenBytes)
      for (let at = startBytes; at < endBytes; at += pageBytes) this.#bytes.writeUInt8(this.#bytes.readUInt8(at) ^ 1, at)
      await setImmediate()
    }
  }

  // Random bytes, and in each page its number after the byte which `touch` writes.
  #write(startBytes: number, endBytes: number): void {
    for (let at = startBytes; at < endBytes; at += pageBytes) {
      this.#pattern.copy(this.#bytes, at, at % patternBytes, (at % patternBytes) + pageBytes)
      this.#bytes.writeUInt32LE(at / pageBytes, at + 1)
    }
    this.#takenBytes = endBytes
  }
}

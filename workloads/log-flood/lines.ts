// Decides what is written: lines like those of a log, of random text, so that compressing them gains little.
import { randomFillSync } from 'node:crypto'

// Base64 alone compresses to 76 %, and the time of a line to almost nothing: the text has to be long for 70 %.
const randomBytesPerLine = 360

/** Of a line with its end: 24 of time, 5 of level, 480 of text, two spaces, one newline. */
export const lineBytes = 512

/** The most lines that are filled at once. */
export const mostLines = 1024

/** The memory that lines are made in, again and again. */
export class Lines {
  readonly #lines = Buffer.alloc(mostLines * lineBytes)
  readonly #random = Buffer.alloc(mostLines * randomBytesPerLine)

  /** New lines of this moment, good until the next call. `count` is at most `mostLines`. */
  fill(count: number): Buffer {
    randomFillSync(this.#random, 0, count * randomBytesPerLine)
    const head = `${new Date().toISOString()} ERROR `
    for (let line = 0; line < count; line += 1) {
      const start = line * randomBytesPerLine
      const text = this.#random.toString('base64', start, start + randomBytesPerLine)
      this.#lines.write(`${head}${text}\n`, line * lineBytes, 'latin1')
    }
    return this.#lines.subarray(0, count * lineBytes)
  }
}

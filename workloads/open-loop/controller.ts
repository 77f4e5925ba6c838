// Decides how the process obeys whoever started it: it waits for "go", and never outlives its stdin.
import { createInterface } from 'node:readline'

/** Resolves at the line "go". `onGone` is called when stdin ends, before it or after. */
export function waitForGo(onGone: () => void): Promise<void> {
  const lines = createInterface({ input: process.stdin })
  lines.once('close', onGone)
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      if (line.trim() === 'go') resolve()
    })
  })
}

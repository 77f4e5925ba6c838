// Decides how the process obeys whoever started it: it waits for "go", may be asked to "stop", and never outlives its stdin.
import { createInterface } from 'node:readline'

/** What whoever started the process says. */
export interface Orders {
  /** Resolves at the line "go". */
  readonly go: Promise<void>
  /** Aborted at the line "stop"; one before "go" means nothing. */
  readonly stop: AbortSignal
}

/** Listens to stdin. `onGone` is called when it ends, before "go" or after. */
export const listenToOrders = (onGone: () => void): Orders => {
  const lines = createInterface({ input: process.stdin })
  lines.once('close', onGone)
  const stopping = new AbortController()
  const go = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line.trim() !== 'go') return
      resolve()
      lines.on('line', (later) => {
        if (later.trim() === 'stop') stopping.abort()
      })
    })
  })
  return { go, stop: stopping.signal }
}

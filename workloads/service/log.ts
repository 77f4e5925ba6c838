// Decides what a line of what has happened looks like.

/** Writes one line of what has happened. */
export type Log = (event: string, facts: object) => void

/** To stdout, as one JSON object with the time. */
export const log: Log = (event, facts) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...facts })}\n`)
}

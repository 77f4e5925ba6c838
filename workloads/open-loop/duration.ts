// Decides how a length of time is written: a number with its unit, as in 500ms, 10s or 1m.

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 }

/** Milliseconds, or undefined when the text is not a duration. */
export const parseDurationMs = (text: string): number | undefined => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? []
  const scaleMs = unitMs[unit ?? '']
  return scaleMs === undefined ? undefined : Number(amount) * scaleMs
}

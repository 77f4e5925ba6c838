// What someone probably meant who wrote a name that does not exist.

/** A sentence for an error: the closest known name when it is close, and all of them. */
export const nearMiss = (written: string, known: readonly string[]): string => {
  const [closest] = [...known].toSorted((a, b) => distance(written, a) - distance(written, b))
  const meant =
    closest !== undefined && distance(written, closest) <= Math.max(2, written.length / 3) ? `did you mean ${closest}? ` : ''
  return `${meant}known: ${known.join(', ')}`
}

/** Edits between two words (Levenshtein 1966). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

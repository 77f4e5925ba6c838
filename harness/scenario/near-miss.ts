// Suggests a name for an unknown one.
import { closest, distance } from 'fastest-levenshtein'

/** A sentence for an error: the closest known name when it is close, and all of them. */
export const nearMiss = (written: string, known: readonly string[]): string => {
  const likely = known.length > 0 ? closest(written, known) : undefined
  const isClose = likely !== undefined && distance(written, likely) <= Math.max(2, written.length / 3)
  return `${isClose ? `did you mean ${likely}? ` : ''}known: ${known.join(', ')}`
}

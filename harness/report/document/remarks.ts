// Remarks on a piece in formats without small print: in brackets, which those that follow one another share.
import type { Piece } from './elements.ts'

/** An aside as text: in brackets, if it does not bring its own sign. */
export const asideText = (text: string): string => (/^[\p{L}\d]/u.test(text) ? `(${text})` : text)

/** The pieces of a line, with one aside for all that would be in brackets one after the other. */
export const withSharedBrackets = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.reduce<readonly Piece[]>((before, piece) => {
    const [first, second] = [remarkIn(before.at(-1)), remarkIn(piece)]
    if (first === null || second === null) return [...before, piece]
    return [...before.slice(0, -1), { piece: 'aside', text: `${first}; ${second}` }]
  }, [])

/** What an aside has in brackets; null if it has none, or a brief form that stands alone. */
const remarkIn = (piece: Piece | undefined): string | null => {
  if (typeof piece !== 'object' || piece.piece !== 'aside' || piece.brief !== undefined) return null
  return /^\(([^]+)\)$/.exec(asideText(piece.text))?.[1] ?? null
}

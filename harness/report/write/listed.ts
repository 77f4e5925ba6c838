// Joins names in a sentence.

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** `a`, `a and b`, `a, b and c`. */
export const listed = (names: readonly string[]): string => list.format(names)

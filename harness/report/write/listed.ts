// Joins names in a sentence.

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })
const choice = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/** `a`, `a and b`, `a, b and c`. */
export const listed = (names: readonly string[]): string => list.format(names)

/** `a`, `a or b`, `a, b or c`. */
export const either = (names: readonly string[]): string => choice.format(names)

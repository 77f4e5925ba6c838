// Puts text on one line, for an attribute or a list item.

const lineBreak = /[\r\n\u2028\u2029]/

/** Replaces each line break and the white space around it by one space. */
export const oneLine = (text: string): string =>
  (lineBreak.test(text) ? text.replace(/\s+/g, (space) => (lineBreak.test(space) ? ' ' : space)) : text).trim()

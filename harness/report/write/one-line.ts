// Puts text on one line, for an attribute or a list item.

/** Replaces each line break and the white space around it by one space. */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]\s*/g, ' ').trim()

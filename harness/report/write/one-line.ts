// Where only a line fits: an attribute, an item of a list.

/** The text with each break, and what is blank around it, as one space. */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]\s*/g, ' ').trim()

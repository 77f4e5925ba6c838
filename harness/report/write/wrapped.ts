// Wraps lines to the width of a terminal.

/** Default for a terminal that does not report its width. */
const usual = 80

/** A narrower terminal wraps by itself: a column of single words is unreadable. */
const narrowest = 40

/** Longest line on a terminal of this many columns; 0: not reported. Undefined: a file or a pipe, without a width. */
export const lineWidth = (columns: number | undefined): number =>
  columns === undefined ? Infinity : Math.max(narrowest, columns || usual)

/** The line, wrapped at `width` characters; continuation lines are indented by `hang` more. Breaks a longer word. */
export const wrapped = (line: string, width: number, hang = 2): string[] => {
  if (line.length <= width) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const lines: string[] = []
  let current = indent
  const begin = (): void => {
    lines.push(current.trimEnd())
    current = indent + ' '.repeat(hang)
  }
  for (const word of line.trim().split(/\s+/)) {
    let rest = word
    const isEmpty = (): boolean => current.trim() === ''
    if (!isEmpty() && current.length + 1 + rest.length > width) begin()
    while (current.length + rest.length > width) {
      const room = width - current.length
      current += rest.slice(0, room)
      rest = rest.slice(room)
      begin()
    }
    current += isEmpty() ? rest : ` ${rest}`
  }
  return [...lines, current]
}

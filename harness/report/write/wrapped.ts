// Lines as wide as a terminal allows.

/** Of a terminal that does not say how wide it is. */
const usual = 80

/** A narrower one breaks lines itself: a column of single words is not read. */
const narrowest = 40

/** How many characters a line may have on a terminal of so many columns; 0: it does not say. Undefined: it is a file or a pipe, and has no width. */
export const lineWidth = (columns: number | undefined): number =>
  columns === undefined ? Infinity : Math.max(narrowest, columns || usual)

/** The line, or its words in lines of at most `width` characters: those after the first are indented by `hang` more than it. A word that is longer is broken. */
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

// Text in columns, for a terminal.
import { wrapped } from './wrapped.ts'

/** Each column as wide as its widest cell; the columns that `isNumber` names are flush right. */
export const inColumns = (
  rows: readonly (readonly string[])[],
  isNumber: (column: number) => boolean = () => false,
): string[] => {
  const widthOf = (column: number): number => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))
  const widths = (rows[0] ?? []).map((_, column) => widthOf(column))
  return rows.map((cells) =>
    cells
      .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

/** A last column narrower than this is unreadable. */
const narrowestLast = 24

/** The same, with the last column wrapped to `width`, or below the others if it does not fit next to them. */
export const inColumnsWithin = (rows: readonly (readonly string[])[], width: number): string[] => {
  const first = inColumns(rows.map((cells) => [...cells.slice(0, -1), '|'])).map((line) => line.slice(0, -1))
  const room = width - (first[0]?.length ?? 0)
  return rows.flatMap((cells, row) => {
    const [beside = '', last = ''] = [first[row], cells.at(-1)]
    if (room < narrowestLast) return wrapped(cells.map((cell) => cell.trimEnd()).join('  '), width)
    return wrapped(last, room, 0).map((line, index) => (index === 0 ? beside : ' '.repeat(beside.length)) + line)
  })
}

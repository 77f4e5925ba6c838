// Text in columns, as a terminal shows it.

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

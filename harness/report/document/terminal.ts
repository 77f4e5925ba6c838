// Elements as lines for a terminal: no colour, no line longer than its width, and no control character of a log.
import { inColumns, inColumnsWithin } from '../write/columns.ts'
import { oneLine } from '../write/one-line.ts'
import { printable } from '../write/printable.ts'
import { lineWidth, wrapped } from '../write/wrapped.ts'
import { armOf, joined, piecesOf } from './elements.ts'
import type { Cell, Column, Element, Line, Piece, Row, Section, Table } from './elements.ts'
import { asideText } from './remarks.ts'

/** Each section under its title, with an empty line between two. No line is longer than fits `columns`, see `lineWidth`. */
export const sectionsText = (sections: readonly Section[], columns: number | undefined): string[] =>
  sections
    .filter(({ elements }) => elements.length > 0)
    .flatMap(({ title, elements }, index) => [
      ...(index === 0 ? [] : ['']),
      ...wrapped(said(title), lineWidth(columns)),
      ...indented(elements, lineWidth(columns)),
    ])

/** No line is longer than fits `columns`, see `lineWidth`. */
export const elementsText = (elements: readonly Element[], columns: number | undefined): string[] =>
  elements.flatMap((element) => elementLines(element, lineWidth(columns)))

const indented = (elements: readonly Element[], width: number): string[] =>
  elements.flatMap((element) => elementLines(element, width - 2)).map((line) => `  ${line}`)

const elementLines = (element: Element, width: number): string[] => {
  switch (element.element) {
    case 'lead':
    case 'note':
    case 'paragraph':
      return wrapped(lineText(element.line), width)
    case 'heading':
      return wrapped(said(element.text), width)
    case 'list':
      return element.items.flatMap((item) => wrapped(lineText(item), width))
    case 'terms':
      return element.terms.flatMap(([term, ...lines]) => wrapped(`${lineText(term)}: ${lines.map(lineText).join('; ')}`, width))
    case 'table':
      return tableLines(element, width)
    case 'code':
      return element.text.trimEnd().split('\n').map(printable)
    case 'details': // a terminal cannot unfold it
      return wrapped(lineText(element.summary), width)
    case 'groups':
      return element.groups.flatMap(({ heading, about, elements }) => [
        ...wrapped(lineText(heading), width),
        ...indented([...(about === undefined ? [] : [{ element: 'lead', line: about } as const]), ...elements], width),
      ])
    default:
      return (element.words ?? []).flatMap((each) => elementLines(each, width))
  }
}

const said = (text: string): string => printable(oneLine(text)).replaceAll('\u00a0', ' ')

const pieceText = (piece: Piece): string => {
  if (typeof piece === 'string') return piece
  switch (piece.piece) {
    case 'aside':
      return piece.brief ?? asideText(piece.text)
    case 'arm':
      return piece.arm.name
    case 'surprise':
      return `≠ ${piece.text}`
    case 'badge':
      return `${piece.symbol} ${piece.word}`
    default:
      return piece.text
  }
}

const lineText = (line: Line): string => said(joined(line, pieceText))

/** Beside a number or a verdict there is room for brief asides only. */
const hasRoom = (piece: Piece): boolean => typeof piece === 'string' || piece.piece !== 'aside' || piece.brief !== undefined

const cellText = (cell: Cell, holds: Column['holds']): string => {
  if (cell === null) return '—'
  if (typeof cell === 'object' && 'list' in cell) return cell.list.map(lineText).join('; ')
  return lineText(holds === 'words' ? cell : piecesOf(cell).filter(hasRoom))
}

const columnText = ({ label, brief = label, unit }: Column): string => said(unit === undefined ? brief : `${brief} (${unit})`)

/** A table as text; the first `words` columns are not numbers. */
interface Cells {
  readonly words: number
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const tableLines = (table: Table, width: number): string[] => {
  const cells = cellsOf(table)
  return table.columns.some(({ holds }) => holds === 'numbers')
    ? numberLines(cells, width)
    : inColumnsWithin([cells.head, ...cells.rows], width)
}

/** Numbers stand to the right of everything else; arms have a column for their kind. */
const cellsOf = ({ first, columns, rows, foot = [] }: Table): Cells => {
  const ordered = columns
    .map((column, index) => ({ column, index }))
    .toSorted((a, b) => Number(a.column.holds === 'numbers') - Number(b.column.holds === 'numbers'))
  const hasArms = rows.some(({ heading }) => armOf(heading) !== undefined)
  const row = ({ heading, cells }: Row): string[] => {
    const arm = armOf(heading)
    return [
      arm?.name ?? lineText(heading),
      ...(hasArms ? [arm?.kind ?? ''] : []),
      ...ordered.map(({ column, index }) => cellText(cells[index] ?? null, column.holds)),
    ]
  }
  const head = [said(first), ...(hasArms ? ['kind'] : []), ...ordered.map(({ column }) => columnText(column))]
  return {
    words: head.length - columns.filter(({ holds }) => holds === 'numbers').length,
    head,
    rows: [...rows, ...foot].map(row),
  }
}

/** Omits numbers from the end until the lines fit, and says which. */
const numberLines = (cells: Cells, width: number): string[] => {
  for (let end = cells.head.length; end >= cells.words; end--) {
    const lines = aligned(withColumns(cells, end))
    if (lines.every((line) => line.length <= width)) return [...lines, ...omitted(cells.head.slice(end), width)]
  }
  return listed(cells, width)
}

const aligned = ({ words, head, rows }: Cells): string[] => inColumns([head, ...rows], (column) => column >= words)

/** The columns before `end`; without rows that have nothing else. */
const withColumns = ({ words, head, rows }: Cells, end: number): Cells => ({
  words,
  head: head.slice(0, end),
  rows: rows.map((cells) => cells.slice(0, end)).filter((cells) => cells.slice(1).some((cell) => cell !== '')),
})

const omitted = (labels: readonly string[], width: number): string[] =>
  labels.length === 0 ? [] : wrapped(`omitted at this width: ${labels.join(', ')} (see the report)`, width)

/** If not even the words fit next to each other: the cells of a row in sequence, each number with its label. */
const listed = ({ words, head, rows }: Cells, width: number): string[] =>
  rows.flatMap(([first = '', ...cells]) => {
    const named = cells.map((cell, index) => (index + 1 < words || cell === '' ? cell : `${head[index + 1] ?? ''} ${cell}`))
    return wrapped(`${first}: ${named.filter((cell) => cell !== '').join(', ')}`, width)
  })

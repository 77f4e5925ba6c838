// A comparison as a pull request comment, within the length limit of code hosts.
import type { RunDiff } from '../../diff/run-diff.ts'
import { lead, note } from '../../report/document/elements.ts'
import type { Cell, Element, Line, Piece, Section } from '../../report/document/elements.ts'
import { elementsMarkdown, sectionMarkdown } from '../../report/document/markdown.ts'
import { cut } from '../../report/write/cut.ts'
import { fitting } from '../../report/write/fitting.ts'
import { printable } from '../../report/write/printable.ts'
import { diffSections } from './document.ts'
import { headline } from './headline.ts'

/** Limits: characters of a text, rows of changes, lines of anything else. */
interface Room {
  readonly cell: number
  readonly rows: number
  readonly lines: number
}

/** Characters. These two are never shortened further: the reader needs what is missing and what makes the answer doubtful. */
const [longestHeadline, longestCaution] = [2400, 280]

const least: Room = { cell: 60, rows: 0, lines: 0 }

/** From everything to almost nothing: texts shrink first, then the environment, then the changes, last ones first. */
const rooms: readonly Room[] = [
  ...[280, 140, 80].map((cell) => ({ cell, rows: Infinity, lines: Infinity })),
  ...[40, 20, 10, 5].map((lines) => ({ cell: 80, rows: Infinity, lines })),
  ...[60, 40, 20, 10, 5, 0].map((rows) => ({ cell: 60, rows, lines: 5 })),
  least,
]

/** Markdown with as much of the comparison as fits; no line break at the end. */
export const diffMarkdown = (diff: RunDiff): string => {
  const answer = elementsMarkdown([lead({ piece: 'strong', text: cut(headline(diff), longestHeadline) })], 2)
  const sections = diffSections(diff)
  const written = (room: Room): string =>
    printable([...answer, ...sections.flatMap((section) => sectionMarkdown(shortened(section, room)))].join('\n\n'))
  return fitting(rooms, written) ?? written(least)
}

const shortened = ({ elements, ...section }: Section, { cell, rows, lines }: Room): Section => {
  const room = section.id === 'caution' ? { cell: longestCaution, rows: Infinity, lines: Infinity } : { cell, rows, lines }
  return { ...section, elements: elements.flatMap((element) => shorter(element, room)) }
}

/** The element with texts that are cut, and a remark on what is left out of it. */
const shorter = (element: Element, { cell, rows, lines }: Room): Element[] => {
  switch (element.element) {
    case 'list':
      return [{ ...element, items: element.items.slice(0, lines).map(lineOf(cell)) }, ...leftOut(element.items.length - lines)]
    case 'terms':
      return [
        { ...element, terms: element.terms.slice(0, lines).map(([term, ...of]) => [term, ...of.map(lineOf(cell))]) },
        ...leftOut(element.terms.length - lines),
      ]
    case 'table': {
      const shown = element.rows.slice(0, rows).map((row) => ({ ...row, cells: row.cells.map(cellOf(cell)) }))
      return [...(shown.length === 0 ? [] : [{ ...element, rows: shown }]), ...leftOut(element.rows.length - rows)]
    }
    default:
      return [element]
  }
}

const pieceOf =
  (longest: number) =>
  (piece: Piece): Piece => {
    if (typeof piece === 'string') return cut(piece, longest)
    return 'text' in piece ? { ...piece, text: cut(piece.text, longest) } : piece
  }

const lineOf =
  (longest: number) =>
  (line: Line): Line =>
    typeof line === 'string' || 'piece' in line ? pieceOf(longest)(line) : line.map(pieceOf(longest))

const cellOf =
  (longest: number) =>
  (cell: Cell): Cell =>
    cell === null || (typeof cell === 'object' && 'list' in cell) ? cell : lineOf(longest)(cell)

const leftOut = (count: number): Element[] =>
  count > 0 ? [note([`… and ${count} more:`, { piece: 'code', text: 'lab diff' }, 'shows all of them.'])] : []

// Elements as Markdown, paragraph by paragraph.
import { bullets, code as codeSpan, fence, plain, table } from '../write/markdown-text.ts'
import { oneLine } from '../write/one-line.ts'
import { markup } from '../write/page/markup.ts'
import { armOf, isAddress, joined, labelOf, piecesOf } from './elements.ts'
import type { Element, Cell, Line, Piece, Row, Section, Table } from './elements.ts'
import { asideText } from './remarks.ts'

/** A heading of this level and its elements; empty without elements. */
export const sectionMarkdown = ({ title, elements }: Section, level = 3): string[] =>
  elements.length === 0 ? [] : [`${'#'.repeat(level)} ${plain(title)}`, ...elementsMarkdown(elements, level)]

/** `level` is that of the heading above. */
export const elementsMarkdown = (elements: readonly Element[], level: number): string[] =>
  elements.flatMap((element) => elementMarkdown(element, level)).filter((paragraph) => paragraph !== '')

const elementMarkdown = (element: Element, level: number): string[] => {
  const heading = (text: string): string => `${'#'.repeat(level + 1)} ${text}`
  switch (element.element) {
    case 'lead':
    case 'note':
    case 'paragraph':
      return [lineMarkdown(element.line)]
    case 'heading':
      return [heading(plain(element.text))]
    case 'list':
      return [bullets(element.items.map(lineMarkdown))]
    case 'terms':
      return [bullets(element.terms.flatMap(([term, ...lines]) => lines.map((line) => `${bold(term)}: ${lineMarkdown(line)}`)))]
    case 'table':
      return [tableMarkdown(element)]
    case 'code':
      return [fence(element.text, element.language)]
    case 'details':
      return [
        `<details><summary>${summaryText(element.summary)}</summary>`,
        ...elementsMarkdown(element.elements, level),
        '</details>',
      ]
    case 'groups':
      return element.groups.flatMap(({ heading: of, about, elements }) => [
        heading(lineMarkdown(of)),
        ...(about === undefined ? [] : [lineMarkdown(about)]),
        ...elementsMarkdown(elements, level + 1),
      ])
    default:
      return elementsMarkdown(element.words ?? [], level)
  }
}

const pieceMarkdown = (piece: Piece): string => {
  if (typeof piece === 'string') return plain(piece)
  switch (piece.piece) {
    case 'code':
    case 'file':
    case 'quote':
      return codeSpan(piece.text.trim())
    case 'strong':
    case 'time':
      return `**${plain(piece.text)}**`
    case 'aside':
      return plain(asideText(piece.text))
    case 'value':
    case 'answer':
      return plain(piece.text)
    case 'link':
      return linkMarkdown(piece.to, piece.text)
    case 'arm':
      return `**${plain(piece.arm.name)}**`
    case 'page':
      return linkMarkdown(`${piece.page}.md`, piece.text)
    case 'surprise':
      return `**≠ ${plain(piece.text)}**`
    default:
      return `${piece.symbol} **${plain(piece.word)}**`
  }
}

/** An address that Markdown cannot represent stays text. */
const linkMarkdown = (to: string, text: string): string => (isAddress(to) ? `[${plain(text)}](${to})` : plain(text))

const lineMarkdown = (line: Line): string => joined(line, pieceMarkdown)

const bold = (line: Line): string => (typeof line === 'string' ? `**${plain(line)}**` : lineMarkdown(line))

/** Inside a tag nothing is parsed as Markdown. */
const summaryText = (line: Line): string => markup`${oneLine(piecesOf(line).map(textOf).join(' · '))}`.text

const textOf = (piece: Piece): string => {
  if (typeof piece === 'string') return piece
  if (piece.piece === 'arm') return piece.arm.name
  return piece.piece === 'badge' ? piece.word : piece.text
}

const cellMarkdown = (cell: Cell): string => {
  if (cell === null) return '—'
  return typeof cell === 'object' && 'list' in cell ? cell.list.map(lineMarkdown).join('; ') : lineMarkdown(cell)
}

/** An arm with its kind, if its name does not say it, and what follows. */
const rowHeading = (heading: Line): string => {
  const arm = armOf(heading)
  if (arm === undefined) return bold(heading)
  const [first = '', ...rest] = piecesOf(heading)
  const name = `${lineMarkdown(first)}${arm.name === arm.kind ? '' : ` (${arm.kind})`}`
  return rest.length === 0 ? name : `${name}: ${rest.map((piece) => plain(textOf(piece))).join(' ')}`
}

const tableMarkdown = ({ first, columns, rows, foot = [] }: Table): string => {
  const row = ({ heading, cells }: Row): string[] => [
    rowHeading(heading),
    ...columns.map((_, index) => cellMarkdown(cells[index] ?? null)),
  ]
  return table(
    [first, ...columns.map(labelOf)].map(plain),
    [...rows, ...foot].map(row),
    (column) => columns[column - 1]?.holds === 'numbers',
  )
}

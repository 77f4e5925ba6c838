// The content of a report, independent of the format: elements of lines. Each format has one renderer, so formats cannot disagree.
import type { ArmRun } from '../../model/run.ts'
import { verdictWords } from '../write/verdict-words.ts'
import type { Markup } from '../write/page/markup.ts'
import { withSharedBrackets } from './remarks.ts'

/** A part of a line; a string is shown literally. */
export type Piece =
  | string
  | { readonly piece: 'code' | 'file' | 'strong' | 'time'; readonly text: string }
  /** A literal message of the cluster. */
  | { readonly piece: 'quote'; readonly text: string }
  /** A small remark on the preceding piece, such as an interval; `brief`: the same where room is scarce. */
  | { readonly piece: 'aside'; readonly text: string; readonly brief?: string }
  /** The conclusion from a number: `2.31× slower`. */
  | { readonly piece: 'answer'; readonly text: string }
  /** A number as shown; `value` is for programs. */
  | { readonly piece: 'value'; readonly value: number | null; readonly text: string }
  /** A deviation from the expected verdict. */
  | { readonly piece: 'surprise'; readonly text: string }
  /** `to` is a web address, or a file next to the report. */
  | { readonly piece: 'link'; readonly to: string; readonly text: string }
  /** A link to another page of the report, by its name without an ending, and to the row of an arm there. */
  | { readonly piece: 'page'; readonly page: string; readonly row?: string; readonly text: string }
  | { readonly piece: 'arm'; readonly arm: ArmRun }
  /** Symbol and word say the same as the colour, which `look` names. */
  | { readonly piece: 'badge'; readonly look: string; readonly symbol: string; readonly word: string }
export type Line = Piece | readonly Piece[]

/** Null: nothing to show, such as an unmeasured value. */
export type Cell = Line | { readonly list: readonly Line[] } | null

export interface Column {
  readonly label: string
  /** The label where room is scarce, as in a terminal. */
  readonly brief?: string
  /** Shown next to the label, if it adds information. */
  readonly unit?: string
  readonly holds: 'numbers' | 'words' | 'verdicts'
}

export interface Row {
  /** Target of links. */
  readonly id?: string
  /** First column: the subject of the row. */
  readonly heading: Line
  /** Of the other columns. */
  readonly cells: readonly Cell[]
}

export interface Table {
  readonly element: 'table'
  /** Caption for screen readers. */
  readonly caption: string
  /** `cards`: a row for each arm, shown as a card on a phone; `overview`: the same for scenarios; `grid`: scrolls sideways if too wide. */
  readonly look: 'cards' | 'grid' | 'overview'
  /** Class name for style sheets. */
  readonly about?: string
  readonly first: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly foot?: readonly Row[]
}

/** Elements about one of several items, such as an arm, under its own heading. */
export interface Group {
  readonly heading: Line
  readonly about?: Line
  readonly elements: readonly Element[]
}

export type Element =
  | { readonly element: 'lead' | 'paragraph' | 'note'; readonly line: Line }
  | { readonly element: 'heading'; readonly text: string }
  /** `look`: class name for style sheets. */
  | { readonly element: 'list'; readonly items: readonly Line[]; readonly look?: string; readonly ordered?: boolean }
  /** Terms with their meanings, in one or more lines. */
  | { readonly element: 'terms'; readonly terms: readonly (readonly [term: Line, ...lines: Line[]])[] }
  | Table
  | { readonly element: 'code'; readonly text: string; readonly language: 'yaml' | 'bash' | 'sh' | 'text' }
  | { readonly element: 'details'; readonly summary: Line; readonly look?: string; readonly elements: readonly Element[] }
  | {
      readonly element: 'groups'
      readonly look: 'rows' | 'panels' | 'proofs' | 'answers' | 'tiles'
      readonly groups: readonly Group[]
    }
  /** A drawing with its own description for screen readers; formats without drawings show `words` instead, and never draw it. */
  | { readonly element: 'drawing'; readonly draw: () => Markup | readonly Markup[]; readonly words?: readonly Element[] }

/** Elements under a heading that can be linked. */
export interface Section {
  readonly id: string
  readonly title: string
  /** Its drawings need all of the page's width. */
  readonly isWide?: boolean
  /** Empty: the section is omitted. */
  readonly elements: readonly Element[]
}

export const lead = (line: Line): Element => ({ element: 'lead', line })
export const note = (line: Line): Element => ({ element: 'note', line })
export const code = (text: string): Piece => ({ piece: 'code', text })
export const aside = (text: string): Piece => ({ piece: 'aside', text })
export const asides = (...texts: readonly string[]): Piece[] => texts.filter((text) => text !== '').map(aside)
export const armPiece = (arm: ArmRun): Piece => ({ piece: 'arm', arm })

/** The heading of an arm: its name and its verdict. */
export const armHeading = (arm: ArmRun): Line => [armPiece(arm), verdictBadge(arm)]

export const verdictBadge = ({ verdict }: Pick<ArmRun, 'verdict'>): Piece => {
  const { symbol, word } = verdictWords(verdict)
  return { piece: 'badge', look: verdict, symbol, word }
}

/** The expected verdict of an arm; empty if the arm is as expected. */
export const surprisePieces = ({ asExpected, expected }: Pick<ArmRun, 'asExpected' | 'expected'>): Piece[] =>
  asExpected ? [] : [{ piece: 'surprise', text: `expected ${verdictWords(expected).word}` }]

/** The pieces of a line. */
export const piecesOf = (line: Line): readonly Piece[] => (typeof line === 'string' || 'piece' in line ? [line] : line)

/** The label of a column with its unit. */
export const labelOf = ({ label, unit }: Column): string => (unit === undefined ? label : `${label}, ${unit}`)

/** A web address, or a file next to the report: no other scheme becomes a link. */
export const isAddress = (to: string): boolean => /^(?:https?:\/\/[^\s<>()]+|[\w.-]+)$/.test(to)

/** The arm that a row is about. */
export const armOf = (heading: Line): ArmRun | undefined => {
  const [first] = piecesOf(heading)
  return typeof first === 'object' && first.piece === 'arm' ? first.arm : undefined
}

/** A line as text, in a format that shows each piece as text. */
export const joined = (line: Line, show: (piece: Piece) => string): string =>
  withSharedBrackets(piecesOf(line))
    .map((piece, index) => `${index === 0 || clings(piece) ? '' : ' '}${show(piece)}`)
    .join('')

/** A list; none without items. */
export const list = (items: readonly Line[]): Element[] => (items.length === 0 ? [] : [{ element: 'list', items }])

/** Text that continues a sentence, without a space before it. */
export const clings = (piece: Piece): boolean => typeof piece === 'string' && /^[:;,.)]/.test(piece)

/** A plain table of words for a section with this title; none without rows. The first heading is that of the row subject. */
export const wordTable = (title: string, headings: readonly string[], rows: readonly (readonly string[])[]): Element[] => {
  const [first = '', ...others] = headings
  return rows.length === 0
    ? []
    : [
        {
          element: 'table',
          caption: `${title}: table`, // distinct from the name of the section
          look: 'grid',
          first,
          columns: others.map((label) => ({ label, holds: 'words' })),
          rows: rows.map(([heading = '', ...cells]) => ({ heading, cells })),
        },
      ]
}

/** A table with a row for each arm, and a column of numbers for each of `columns`. */
export const armTable = (
  caption: string,
  about: string,
  arms: readonly ArmRun[],
  columns: readonly { readonly label: string; readonly unit?: string; readonly of: (arm: ArmRun) => Cell }[],
): Table => ({
  element: 'table',
  caption,
  look: 'cards',
  about,
  first: 'arm',
  columns: columns.map(({ label, unit }) => ({ label, ...(unit === undefined ? {} : { unit }), holds: 'numbers' })),
  rows: arms.map((arm) => ({ heading: armPiece(arm), cells: columns.map(({ of }) => of(arm)) })),
})

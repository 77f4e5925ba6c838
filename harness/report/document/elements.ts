// What a report says, whatever it is written as: elements of lines. There is one renderer for each format, so formats cannot disagree.
import type { ArmRun } from '../../model/run.ts'
import { verdictWords } from '../write/verdict-words.ts'
import type { Markup } from '../write/page/markup.ts'

/** A part of a line; a string is shown as it is, whatever characters it has. */
export type Piece =
  | string
  | { readonly piece: 'code' | 'file' | 'strong' | 'time'; readonly text: string }
  /** What the cluster said, word for word. */
  | { readonly piece: 'quote'; readonly text: string }
  /** Small print beside what stands before it, such as an interval. */
  | { readonly piece: 'aside'; readonly text: string }
  /** What follows from a number: `2.31× slower`. */
  | { readonly piece: 'answer'; readonly text: string }
  /** A number as it is shown; `value` is what programs read. */
  | { readonly piece: 'value'; readonly value: number | null; readonly text: string }
  /** What differs from what was expected. */
  | { readonly piece: 'surprise'; readonly text: string }
  /** `to` is an address of the web, or a file beside the report. */
  | { readonly piece: 'link'; readonly to: string; readonly text: string }
  /** A link to another page of the report, by its name without an ending, and to the row of an arm there. */
  | { readonly piece: 'page'; readonly page: string; readonly row?: string; readonly text: string }
  | { readonly piece: 'arm'; readonly arm: ArmRun }
  /** Symbol and word say the same as the colour, which `look` names. */
  | { readonly piece: 'badge'; readonly look: string; readonly symbol: string; readonly word: string }
export type Line = Piece | readonly Piece[]

/** Null: there is nothing to show, as where something was not measured. */
export type Cell = Line | { readonly list: readonly Line[] } | null

export interface Column {
  readonly label: string
  /** Shown beside the label, where it says more than that. */
  readonly unit?: string
  readonly holds: 'numbers' | 'words' | 'verdicts'
}

export interface Row {
  /** What a link can name. */
  readonly id?: string
  /** Of the first column: what the row is about. */
  readonly heading: Line
  /** Of the other columns. */
  readonly cells: readonly Cell[]
}

export interface Table {
  readonly element: 'table'
  /** What it holds, for those who do not see it. */
  readonly caption: string
  /** `cards`: a row for each arm, which is a card on a phone; `overview`: likewise of scenarios; `grid`: it scrolls sideways where it does not fit. */
  readonly look: 'cards' | 'grid' | 'overview'
  /** Names the table in a style sheet. */
  readonly about?: string
  readonly first: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly foot?: readonly Row[]
}

/** What is said of one thing of several, such as an arm, under a heading of its own. */
export interface Group {
  readonly heading: Line
  readonly about?: Line
  readonly elements: readonly Element[]
}

export type Element =
  | { readonly element: 'lead' | 'paragraph' | 'note'; readonly line: Line }
  | { readonly element: 'heading'; readonly text: string }
  /** `look` names the list in a style sheet. */
  | { readonly element: 'list'; readonly items: readonly Line[]; readonly look?: string; readonly ordered?: boolean }
  /** Each term with what it means, in one line or several. */
  | { readonly element: 'terms'; readonly terms: readonly (readonly [term: Line, ...lines: Line[]])[] }
  | Table
  | { readonly element: 'code'; readonly text: string; readonly language: 'yaml' | 'bash' | 'sh' | 'text' }
  | { readonly element: 'details'; readonly summary: Line; readonly look?: string; readonly elements: readonly Element[] }
  | {
      readonly element: 'groups'
      readonly look: 'rows' | 'panels' | 'proofs' | 'answers' | 'tiles'
      readonly groups: readonly Group[]
    }
  /** A drawing with its own words for those who do not see it; a format without drawings has `words` in its place. */
  | { readonly element: 'drawing'; readonly drawing: Markup | readonly Markup[]; readonly words?: readonly Element[] }

/** Elements under a heading that can be linked. */
export interface Section {
  readonly id: string
  readonly title: string
  /** Its drawings need all of the page's width. */
  readonly isWide?: boolean
  /** None: the section is left out. */
  readonly elements: readonly Element[]
}

export const lead = (line: Line): Element => ({ element: 'lead', line })
export const note = (line: Line): Element => ({ element: 'note', line })
export const code = (text: string): Piece => ({ piece: 'code', text })
export const aside = (text: string): Piece => ({ piece: 'aside', text })
export const asides = (...texts: readonly string[]): Piece[] => texts.filter((text) => text !== '').map(aside)
export const armPiece = (arm: ArmRun): Piece => ({ piece: 'arm', arm })

/** The heading of what is said of an arm: its name and its verdict. */
export const armHeading = (arm: ArmRun): Line => [armPiece(arm), verdictBadge(arm)]

export const verdictBadge = ({ verdict }: Pick<ArmRun, 'verdict'>): Piece => {
  const { symbol, word } = verdictWords(verdict)
  return { piece: 'badge', look: verdict, symbol, word }
}

/** What was expected of an arm instead; none where it is as expected. */
export const surprisePieces = ({ asExpected, expected }: Pick<ArmRun, 'asExpected' | 'expected'>): Piece[] =>
  asExpected ? [] : [{ piece: 'surprise', text: `expected ${verdictWords(expected).word}` }]

/** The pieces of a line. */
export const piecesOf = (line: Line): readonly Piece[] => (typeof line === 'string' || 'piece' in line ? [line] : line)

/** The label of a column with its unit. */
export const labelOf = ({ label, unit }: Column): string => (unit === undefined ? label : `${label}, ${unit}`)

/** Of the web, or a file beside the report: no other scheme is a link. */
export const isAddress = (to: string): boolean => /^(?:https?:\/\/[^\s<>()]+|[\w.-]+)$/.test(to)

/** Text that goes on a sentence: no space stands before it. */
export const clings = (piece: Piece): boolean => typeof piece === 'string' && /^[:;,.)]/.test(piece)

/** A plain table in words, of a section that is called so; none without rows. The first of the headings is that of what each row is about. */
export const wordTable = (title: string, headings: readonly string[], rows: readonly (readonly string[])[]): Element[] => {
  const [first = '', ...others] = headings
  return rows.length === 0
    ? []
    : [
        {
          element: 'table',
          caption: `${title}: table`, // a name of its own beside that of the section
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

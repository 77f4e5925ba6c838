// The table of all arms: verdict, key numbers, and, folded, the reason.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { armPiece, aside, asides, lead, note, surprisePieces, verdictBadge } from '../document/elements.ts'
import type { Element, Cell, Piece, Row, Section, Table } from '../document/elements.ts'
import { figureCell, figureColumn, keyFigures } from '../write/key-figures.ts'
import type { KeyFigure } from '../write/key-figures.ts'
import { hasOutcomes, outcomeInterval, outcomeText, outcomeWithUnit } from '../write/outcome-words.ts'
import { bracketWords, noiseSentence, spreadMeaning } from '../write/uncertainty-words.ts'

export const verdictSection = (scenario: ScenarioRun): Section => ({
  id: `${scenario.slug}-verdicts`,
  title: 'Verdicts',
  elements: [...explainedTable(scenario), why(scenario)],
})

/** The table, and the meaning of its brackets. */
export const explainedTable = (scenario: ScenarioRun): Element[] => {
  const [table, noise] = [verdictTable(scenario), noiseSentence(scenario)]
  return [
    ...(noise === '' ? [] : [lead(noise)]),
    table,
    note(`${table.foot?.length ? `A/A spread: ${spreadMeaning} ` : ''}${bracketWords(scenario)}`),
  ]
}

/** A row for each arm, and one for the A/A spread. */
export const verdictTable = (scenario: ScenarioRun): Table => {
  const figures = keyFigures(scenario)
  return {
    element: 'table',
    caption: 'Verdict and key numbers of each arm',
    look: 'cards',
    first: 'arm',
    columns: [
      { label: 'verdict', brief: hasOutcomes(scenario) ? 'verdict, episodes' : 'verdict', holds: 'verdicts' },
      ...figures.map(figureColumn),
    ],
    rows: scenario.arms.map((arm) => ({
      id: armId(arm),
      heading: [armPiece(arm), aside(arm.summary)],
      cells: [verdictCell(arm), ...figures.map((figure) => figureCell(arm, figure))],
    })),
    foot: spreadRow(scenario, figures),
  }
}

const why = ({ arms }: ScenarioRun): Element => ({
  element: 'details',
  summary: 'Why each verdict was given',
  elements: [{ element: 'terms', terms: arms.map((arm) => [armPiece(arm), arm.reason]) }],
})

/** Id of an arm's row, for links. */
export const armId = ({ name }: Pick<ArmRun, 'name'>): string => `arm-${name}`

/** In how many episodes it was found, and the expected verdict. */
const verdictCell = (arm: ArmRun): Cell => {
  const share = outcomeText(arm)
  const episodes: Piece[] =
    share === null ? [] : [{ piece: 'aside', text: outcomeWithUnit(arm) ?? share, brief: share }, ...asides(outcomeInterval(arm))]
  return [verdictBadge(arm), ...episodes, ...surprisePieces(arm)]
}

/** The A/A spread, below the arms; none without a second control trial. */
const spreadRow = (scenario: ScenarioRun, figures: readonly KeyFigure[]): Row[] =>
  Object.keys(scenario.spread).length === 0
    ? []
    : [{ heading: 'A/A spread', cells: ['', ...figures.map(({ spread }) => spread || null)] }]

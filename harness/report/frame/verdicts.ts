// The table of all arms: verdict, key numbers, and, folded, the reason.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { armPiece, asides, note, surprisePieces, verdictBadge } from '../document/elements.ts'
import type { Element, Cell, Row, Section } from '../document/elements.ts'
import { keyMetrics } from '../facts/key-metrics.ts'
import { armCell, metricColumn } from '../write/arm-value.ts'
import { outcomeInterval, outcomeText } from '../write/outcome-words.ts'
import { bracketWords, spreadMeaning, spreadText } from '../write/uncertainty-words.ts'

export const verdictSection = (scenario: ScenarioRun): Section => ({
  id: `${scenario.slug}-verdicts`,
  title: 'Verdicts',
  elements: [...verdictTable(scenario), why(scenario)],
})

/** The table, and the meaning of its brackets. */
export const verdictTable = (scenario: ScenarioRun): Element[] => {
  const metrics = keyMetrics(scenario)
  const spread = spreadRow(scenario, metrics)
  return [
    {
      element: 'table',
      caption: 'Verdict and key numbers of each arm',
      look: 'cards',
      first: 'arm',
      columns: [{ label: 'verdict', holds: 'verdicts' }, ...metrics.map((name) => metricColumn(scenario, name))],
      rows: scenario.arms.map((arm) => ({
        id: armId(arm),
        heading: armPiece(arm),
        cells: [verdictCell(arm), ...metrics.map((name) => armCell(scenario, arm, name))],
      })),
      foot: spread,
    },
    note(`${spread.length === 0 ? '' : `A/A spread: ${spreadMeaning} `}${bracketWords(scenario)}`),
  ]
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
  return [verdictBadge(arm), ...(share === null ? [] : asides(`${share} episodes`, outcomeInterval(arm))), ...surprisePieces(arm)]
}

/** The A/A spread, below the arms; none without a second control trial. */
const spreadRow = (scenario: ScenarioRun, metrics: readonly string[]): Row[] =>
  Object.keys(scenario.spread).length === 0
    ? []
    : [{ heading: 'A/A spread', cells: ['', ...metrics.map((name) => spreadText(scenario, name) || null)] }]

// Changes from older runs to a newer one, one row each, most urgent first.
import type { Acknowledged } from '../../diff/acknowledged.ts'
import { acknowledgedWords } from '../acknowledgements.ts'
import type { ArmDiff, MetricMove, RunDiff } from '../../diff/run-diff.ts'
import { multiple, quantity } from '../../report/write/quantity.ts'
import { verdictWords } from '../../report/write/verdict-words.ts'

/** In the order in which they are shown. Each looks like a verdict that is as good or as bad. */
export const changes = {
  regressed: { symbol: '✗', word: 'worse', look: 'worse' },
  unclear: { symbol: '?', word: 'unclear', look: 'inconclusive' },
  other: { symbol: '!', word: 'other', look: 'inconclusive' },
  belowLimit: { symbol: '·', word: 'worse, below the limit', look: 'mitigated' },
  acknowledged: { symbol: '~', word: 'acknowledged', look: 'no-effect' },
  recovered: { symbol: '✓', word: 'better', look: 'fixed' },
} as const
export type Change = keyof typeof changes

export interface Row {
  readonly change: Change
  readonly scenario: string
  readonly arm: string
  /** `verdict`, or the name of a metric. */
  readonly what: string
  readonly before: string
  readonly now: string
  /** The amount or the reason. */
  readonly note: string
  /** End date and reason of the acknowledgement; empty when there is none. */
  readonly known: string
}

/** Omits unchanged verdicts, metrics within noise, and improvements below the limit. */
export const rowsOf = ({ scenarios }: RunDiff): Row[] => {
  const order = Object.keys(changes)
  return scenarios
    .flatMap(({ slug, arms }) => arms.flatMap((arm) => rowsOfArm(slug, arm)))
    .toSorted((a, b) => order.indexOf(a.change) - order.indexOf(b.change))
}

const rowsOfArm = (scenario: string, { name: arm, verdict, metrics }: ArmDiff): Row[] => [
  ...(verdict.change === 'same'
    ? []
    : [
        {
          ...acknowledgedOr(verdict.change, verdict.acknowledged),
          scenario,
          arm,
          what: 'verdict',
          before: verdictsBefore(verdict),
          now: verdictWords(verdict.newer).word,
          note: verdict.reason,
        },
      ]),
  ...metrics.flatMap((move) => {
    const change = changeOf[move.answer]
    if (change === null) return []
    return {
      ...acknowledgedOr(change, move.acknowledged),
      scenario,
      arm,
      what: move.metric,
      ...valuesOf(move),
      note: moveNote(move),
    }
  }),
]

const changeOf: Record<MetricMove['answer'], Change | null> = {
  worse: 'regressed',
  'worse-below-limit': 'belowLimit',
  better: 'recovered',
  'better-below-limit': null,
  'within-noise': null,
  'not-judged': null,
}

const acknowledgedOr = (change: Change, acknowledged: Acknowledged): Pick<Row, 'change' | 'known'> => ({
  change: acknowledged ? 'acknowledged' : change,
  known: acknowledgedWords(acknowledged),
})

/** All values, if the older runs differ among themselves. */
const verdictsBefore = ({ history, older }: ArmDiff['verdict']): string => {
  const varied = new Set(history.filter((each) => each !== 'inconclusive')).size > 1
  return (varied ? history : [older]).map((each) => verdictWords(each).word).join(' → ')
}

const valuesOf = ({ unit, older, newer }: MetricMove): Pick<Row, 'before' | 'now'> =>
  unit === null
    ? { before: `${multiple(older)} × control’s`, now: `${multiple(newer)} ×` }
    : { before: quantity(older, unit), now: quantity(newer, unit) }

const moveNote = ({ runs, ratio, interval, pValue, blocks: [blocks] }: MetricMove): string => {
  const range = interval
    ? `, ${multiple(interval.low)} to ${multiple(interval.high)} at ${(interval.level * 100).toFixed(1)} %`
    : ''
  const against = pValue === null ? `against ${runs} runs` : `${blocks} blocks, p = ${pValue.toFixed(3)} over all metrics`
  return `${multiple(ratio)} times as much${range} (${against})`
}

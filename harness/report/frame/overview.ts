// Overview of the run: whether each scenario passed, what broke, what fixes it, what does not help, and the evidence.
import type { Run, ScenarioRun } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { asides } from '../document/elements.ts'
import type { Element, Piece, Section } from '../document/elements.ts'
import { listed } from '../write/listed.ts'
import { oneLine } from '../write/one-line.ts'
import { noiseSentence } from '../write/uncertainty-words.ts'
import { opening } from './headline.ts'
import { pageName } from './pages.ts'
import { sampleSize } from './sample-size.ts'
import { surprisesOf } from './surprise-words.ts'

/** Outcomes of a scenario, most urgent first. */
export const outcomes = {
  failed: { symbol: '✕', word: 'failed' },
  inconclusive: { symbol: '?', word: 'inconclusive' },
  skipped: { symbol: '⊘', word: 'skipped' },
  passed: { symbol: '✓', word: 'passed' },
} as const
type Outcome = keyof typeof outcomes

/** `scenario` is null where it was skipped. */
export interface Row {
  readonly outcome: Outcome
  readonly scenario: ScenarioRun | null
  readonly slug: string
  readonly broke: string
  readonly fixes: string
  readonly helpsNot: string
  readonly sampleSize: string
}

export const outcomeBadge = (outcome: Outcome): Piece => ({ piece: 'badge', look: outcome, ...outcomes[outcome] })

/** One unexpected arm makes a failure; otherwise one inconclusive arm makes the scenario inconclusive. */
export const outcomeOf = (scenario: ScenarioRun): Outcome => {
  const surprises = surprisesOf({ scenarios: [scenario] })
  if (surprises.length > 0) return surprises.every(({ arm }) => arm.verdict === 'inconclusive') ? 'inconclusive' : 'failed'
  return scenario.arms.length === 0 ? 'inconclusive' : 'passed'
}

const named = ({ arms }: ScenarioRun, verdict: Verdict): string[] =>
  arms.filter((arm) => arm.verdict === verdict).map(({ name }) => name)

const orNone = (names: readonly string[]): string => (names.length === 0 ? '—' : listed(names))

const rowOf = (scenario: ScenarioRun, { mode }: Run): Row => ({
  outcome: outcomeOf(scenario),
  scenario,
  slug: scenario.slug,
  broke: opening(scenario),
  fixes: orNone(named(scenario, 'fixed')),
  helpsNot: orNone([...named(scenario, 'no-effect'), ...named(scenario, 'worse').map((name) => `${name} (makes it worse)`)]),
  sampleSize: [sampleSize(scenario, mode), noiseSentence(scenario)].filter((part) => part !== '').join('. '),
})

const skippedRow = ({ slug, reason }: Run['skipped'][number]): Row => ({
  outcome: 'skipped',
  scenario: null,
  slug,
  broke: `Not measured: ${reason}`,
  fixes: '—',
  helpsNot: '—',
  sampleSize: 'nothing',
})

const inOrder = Object.keys(outcomes)

/** A row for each scenario, failures first. */
export const overview = (run: Run): Row[] =>
  [...run.scenarios.map((scenario) => rowOf(scenario, run)), ...run.skipped.map(skippedRow)].toSorted(
    (a, b) => inOrder.indexOf(a.outcome) - inOrder.indexOf(b.outcome),
  )

/** The rows as a table; `shown` shortens a cell, `linked`: link to the pages of the scenarios. */
export const overviewTable = (rows: readonly Row[], shown: (cell: string) => string, linked: boolean): Element => ({
  element: 'table',
  caption: 'Each scenario: whether it passed, what broke and what fixes it',
  look: 'overview',
  first: 'scenario',
  columns: [
    { label: 'verdict', holds: 'verdicts' },
    ...['what broke', 'what fixes it', 'what does not help', 'evidence'].map((label) => ({ label, holds: 'words' }) as const),
  ],
  rows: rows.map(({ outcome, scenario, slug, broke, fixes, helpsNot, sampleSize: rests }) => ({
    heading:
      scenario === null || !linked
        ? shown(slug)
        : [{ piece: 'page', page: pageName(scenario), text: shown(scenario.title) }, ...asides(slug)],
    cells: [outcomeBadge(outcome), ...[broke, fixes, helpsNot, rests].map(shown)],
  })),
})

export const overviewSection = (run: Run): Section => ({
  id: 'scenarios',
  title: 'Scenarios',
  elements: [overviewTable(overview(run), oneLine, true)],
})

// The run on a page, for a pull request or the summary of a CI job: never as long as what those places refuse.
import type { Run, ScenarioRun } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { Format } from '../formats.ts'
import { commandOf } from '../frame/command.ts'
import { opening, runVerdict } from '../frame/headline.ts'
import { restsOn } from '../frame/rests-on.ts'
import { skippedMeaning } from '../frame/skipped-words.ts'
import { surprisesOf, surpriseWords } from '../frame/surprise-words.ts'
import { cut } from '../write/cut.ts'
import { moment } from '../write/date.ts'
import { listed } from '../write/listed.ts'
import { bullets, fence, plain, table } from '../write/markdown-text.ts'
import { oneLine } from '../write/one-line.ts'
import { printable } from '../write/printable.ts'

/** The summary is shorter than this, whatever the run holds. */
export const limit = 10_000

/** How much of the run is shown. */
interface Room {
  /** Characters of a reason. */
  readonly reason: number
  /** Characters of a cell of the table. */
  readonly cell: number
  /** Rows of scenarios that passed. */
  readonly passed: number
  /** Other rows, and lines of surprises. */
  readonly others: number
}

const everything: Room = { reason: 280, cell: 400, passed: Infinity, others: Infinity }
const shorterReasons: readonly Room[] = [200, 140, 90].map((reason) => ({ ...everything, reason }))
const shortest: Room = { ...everything, reason: 60, cell: 120 }

/** From all there is to hardly anything: reasons give way first, then scenarios that passed, then what else is too much. */
const rooms: readonly Room[] = [
  everything,
  ...shorterReasons,
  ...[40, 30, 20, 15, 10, 7, 5, 3, 2, 1, 0].map((passed) => ({ ...everything, reason: 90, passed })),
  ...[Infinity, 40, 20, 10, 5, 2, 1, 0].map((others) => ({ ...shortest, passed: 0, others })),
]

const outcomes = {
  failed: '✕ **failed**',
  inconclusive: '? **inconclusive**',
  skipped: '⊘ **skipped**',
  passed: '✓ **passed**',
} as const
type Outcome = keyof typeof outcomes

interface Row {
  readonly outcome: Outcome
  readonly cells: readonly string[]
}

/** One arm that contradicts is a failure; without one, an arm without an answer leaves the scenario without one. */
const outcomeOf = (scenario: ScenarioRun): Outcome => {
  const surprises = surprisesOf({ scenarios: [scenario] })
  if (surprises.length > 0) return surprises.every(({ arm }) => arm.verdict === 'inconclusive') ? 'inconclusive' : 'failed'
  return scenario.arms.length === 0 ? 'inconclusive' : 'passed'
}

const firstLine = (run: Run, room: Room): string =>
  `**${runVerdict(run)
    .map((sentence) => plain(cut(sentence, room.cell)))
    .join(' ')}**`

const named = ({ arms }: ScenarioRun, verdict: Verdict): string[] =>
  arms.filter((arm) => arm.verdict === verdict).map(({ name }) => name)

const orNone = (names: readonly string[]): string => (names.length === 0 ? '—' : listed(names))

const rowsOf = (run: Run): Row[] => [
  ...run.scenarios.map((scenario) => ({
    outcome: outcomeOf(scenario),
    cells: [
      scenario.slug,
      opening(scenario),
      orNone(named(scenario, 'fixed')),
      orNone([...named(scenario, 'no-effect'), ...named(scenario, 'worse').map((name) => `${name} (makes it worse)`)]),
      restsOn(scenario, run.mode),
    ],
  })),
  ...run.skipped.map(({ slug, reason }) => ({
    outcome: 'skipped' as const,
    cells: [slug, `Not measured: ${reason}`, '—', '—', 'nothing'],
  })),
]

const inOrder = Object.keys(outcomes)

const leftOut = (count: number, what: string): string[] =>
  count > 0 ? [`${count} ${what} left out here: see \`report.md\`.`] : []

const scenariosTable = (run: Run, room: Room): string[] => {
  const rows = rowsOf(run).toSorted((a, b) => inOrder.indexOf(a.outcome) - inOrder.indexOf(b.outcome))
  const passed = rows.filter(({ outcome }) => outcome === 'passed')
  const others = rows.filter(({ outcome }) => outcome !== 'passed')
  const shown = [...others.slice(0, room.others), ...passed.slice(0, room.passed)]
  const [unseen, unseenPassed] = [Math.max(0, others.length - room.others), Math.max(0, passed.length - room.passed)]
  return [
    ...(shown.length === 0
      ? []
      : [
          table(
            ['verdict', 'scenario', 'what broke', 'what fixes it', 'what does not help', 'rests on'],
            shown.map(({ outcome, cells }) => [outcomes[outcome], ...cells.map((cell) => plain(cut(oneLine(cell), room.cell)))]),
            () => false,
          ),
        ]),
    ...leftOut(unseen, `${unseen === 1 ? 'scenario' : 'scenarios'} that did not pass ${unseen === 1 ? 'is' : 'are'}`),
    ...leftOut(unseenPassed, `${unseenPassed === 1 ? 'scenario' : 'scenarios'} that passed ${unseenPassed === 1 ? 'is' : 'are'}`),
    ...(run.skipped.length > 0 ? [skippedMeaning] : []),
  ]
}

const surpriseLines = (run: Run, room: Room): string[] => {
  const surprises = surprisesOf(run)
  const lines = surprises
    .slice(0, room.others)
    .map(
      ({ slug, arm }) =>
        `**${plain(cut(oneLine(`${slug}, ${arm.name}`), room.cell))}**: ${plain(cut(surpriseWords(arm), room.reason))}`,
    )
  const unseen = surprises.length - lines.length
  return [
    ...(lines.length > 0 ? [bullets(lines)] : []),
    ...leftOut(unseen, `${unseen === 1 ? 'arm' : 'arms'} not as expected ${unseen === 1 ? 'is' : 'are'}`),
  ]
}

const longestCommand = 1000
const longestVersion = 60

/** A command that was cut would be another one. */
const reproduce = (run: Run): string[] => {
  const command = commandOf(run)
  const { environment } = run
  const version = (text: string): string => plain(cut(oneLine(text), longestVersion))
  return [
    'Reproduce this:',
    command.length > longestCommand ? '(The command names too much to be shown here.)' : fence(command, 'sh'),
    `${run.mode === 'quick' ? 'Quick' : 'Full'} run of ${moment(run.startedAt)}, seed ${run.seed}; lab ${version(environment.labVersion)}, Kubernetes ${version(environment.kubernetes)} on ${version(environment.provider)}, Docker engine ${version(environment.dockerEngine)}, Node.js ${version(environment.node)}.`,
  ]
}

const written = (run: Run, room: Room): string =>
  printable(
    `${[
      firstLine(run, room),
      ...scenariosTable(run, room),
      ...surpriseLines(run, room),
      ...reproduce(run),
      'The full report is `report.md`, beside this file; `report.html` is the same with pictures.',
    ].join('\n\n')}\n`,
  )

/** The whole document, with as much of the run as there is room for. */
export const summary = (run: Run): string => {
  for (const room of rooms) {
    const text = written(run, room)
    if (text.length < limit) return text
  }
  throw new Error('a summary without rows and reasons is too long')
}

export const format: Format = { file: 'summary.md', write: summary }

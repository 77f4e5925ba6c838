// What GitHub shows beside a commit: workflow commands, lines that its runner reads from the output of a step.
import type { Run, ScenarioRun } from '../model/run.ts'
import { cutOffWords } from '../report/frame/cut-off.ts'
import { outcomeOf } from '../report/frame/overview.ts'
import { ownSurprisesOf, surpriseWords } from '../report/frame/surprise-words.ts'
import { cut } from '../report/write/cut.ts'
import { printable } from '../report/write/printable.ts'

type Level = 'error' | 'warning' | 'notice'

/** What GitHub shows: a title, and a line for each finding. */
export interface Annotation {
  readonly level: Level
  readonly title: string
  readonly lines: readonly string[]
}

/** GitHub shows at most this many of each level per step, and drops the others silently. */
const shown = 10

const longestReason = 600

/**
 * One line per scenario with an unexpected arm: an error if a verdict contradicts, a warning if it is inconclusive, a notice
 * if it was skipped. One warning for all arms that a busy machine left without a verdict. The last line that GitHub would show counts the lines it would drop.
 */
export const annotations = (run: Run): string[] => {
  const cutOff = cutOffWords(run)
  const all = [
    ...(cutOff === null ? [] : [{ level: 'error', title: 'The run was cut off', lines: [cutOff] } as const]),
    ...run.scenarios.flatMap(ofScenario),
    ...(run.busy ? [{ level: 'warning', title: 'The machine was too busy', lines: [run.busy.sentence] } as const] : []),
    ...run.skipped.map(({ slug, reason }) => ({ level: 'notice', title: `${slug} was skipped`, lines: [reason] }) as const),
  ]
  return annotationLines(all)
}

/** A workflow command for each, errors first. */
export const annotationLines = (all: readonly Annotation[]): string[] =>
  (['error', 'warning', 'notice'] as const).flatMap((level) => within(all.filter((each) => each.level === level)).map(commandOf))

const ofScenario = (scenario: ScenarioRun): Annotation[] => {
  const outcome = outcomeOf(scenario)
  if (outcome === 'passed') return []
  const { slug } = scenario
  const own = ownSurprisesOf({ scenarios: [scenario] })
  if (own.length === 0 && scenario.arms.some(({ because }) => because === 'busy-host')) return []
  const lines = own.map(({ arm }) => `${arm.name}: ${surpriseWords(arm)}`)
  return outcome === 'failed'
    ? [{ level: 'error', title: `${slug} failed`, lines }]
    : [{ level: 'warning', title: `${slug} is inconclusive`, lines }]
}

const within = (all: readonly Annotation[]): readonly Annotation[] => {
  const rest = all.slice(shown - 1)
  const [first] = rest
  if (first === undefined || rest.length === 1) return all
  const title = `${rest.length} scenarios more`
  return [...all.slice(0, shown - 1), { level: first.level, title, lines: rest.map((each) => each.title) }]
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions: what ends a line or a property is escaped. */
const commandOf = ({ level, title, lines }: Annotation): string => {
  const message = lines.map((line) => escaped(printable(cut(line, longestReason)))).join('%0A')
  return `::${level} title=${escaped(title).replaceAll(':', '%3A').replaceAll(',', '%2C')}::${message}`
}

const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

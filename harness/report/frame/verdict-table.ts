// The verdicts of a run as lines for a terminal: aligned, without colour, a mark where an arm is not as expected.
import type { ArmRun, Run, ScenarioRun } from '../../model/run.ts'
import { failedRequests, keyMetrics } from '../facts/key-metrics.ts'
import { failuresOf } from '../facts/failures.ts'
import { lowerBound } from '../write/arm-value.ts'
import { briefLabel, metricText } from '../write/metric-words.ts'
import { inColumns } from '../write/columns.ts'
import { hasOutcomes, outcomeWords } from '../write/outcome-words.ts'
import { printable } from '../write/printable.ts'
import { spreadText } from '../write/uncertainty-words.ts'
import { verdictWords } from '../write/verdict-words.ts'

const widest = 110

type Table = { readonly textColumns: number; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

const verdictText = (arm: ArmRun): string => {
  const { symbol, word } = verdictWords(arm.verdict)
  return `${symbol} ${word}${arm.asExpected ? '' : ` (≠ ${verdictWords(arm.expected).word})`}`
}

const terse = (text: string): string =>
  text.replaceAll('\u00a0', ' ').replace(/ (pods|requests|connections|periods|evictions|nodes)$/, '')

const quantityText = (scenario: ScenarioRun, arm: ArmRun, name: string): string => {
  const metric = arm.metrics[name]
  if (metric === undefined) return '—'
  const value = name === failedRequests ? (failuresOf(scenario, arm.name)?.failed ?? metric.value) : metric.value
  return terse(`${lowerBound(scenario, arm, name)}${metricText(scenario, name, { ...metric, value })}`)
}

/** How far two trials of control are apart, below what the arms differ by. */
const spreadRows = (scenario: ScenarioRun, metrics: readonly string[]): string[][] =>
  Object.keys(scenario.spread).length === 0 || metrics.length === 0
    ? []
    : [['A/A spread', '', '', ...outcomeCells(scenario, ''), ...metrics.map((name) => terse(spreadText(scenario, name)) || '—')]]

/** The cell of a column that only scenarios of episodes have. */
const outcomeCells = (scenario: ScenarioRun, text: string): string[] => (hasOutcomes(scenario) ? [text] : [])

const tableOf = (scenario: ScenarioRun, metrics: readonly string[]): Table => ({
  textColumns: hasOutcomes(scenario) ? 4 : 3,
  head: ['arm', 'kind', 'verdict', ...outcomeCells(scenario, 'episodes'), ...metrics.map((name) => briefLabel(scenario, name))],
  rows: [
    ...scenario.arms.map((arm) => [
      arm.name,
      arm.kind,
      verdictText(arm),
      ...outcomeCells(scenario, terse(outcomeWords(arm))),
      ...metrics.map((name) => quantityText(scenario, arm, name)),
    ]),
    ...spreadRows(scenario, metrics),
  ],
})

const aligned = ({ textColumns, head, rows }: Table): string[] =>
  inColumns([head, ...rows], (column) => column >= textColumns).map((line) => `  ${line}`)

/** Leaves out numbers from the end until the lines fit; arm and verdict always stay. */
const fitting = (scenario: ScenarioRun): string[] => {
  const names = keyMetrics(scenario)
  const candidates = Array.from({ length: names.length + 1 }, (_, left) => names.slice(0, names.length - left)).map((metrics) =>
    aligned(tableOf(scenario, metrics)),
  )
  return candidates.find((lines) => lines.every((line) => line.length <= widest)) ?? candidates.at(-1) ?? []
}

const title = (scenario: ScenarioRun): string =>
  scenario.complete ? scenario.slug : `${scenario.slug} (cut off: judged on the trials it had)`

/** Words in lines that fit, each indented. */
const wrapped = (text: string): string[] => {
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? ''
    if (line.length + word.length + 3 > widest) lines.push(word)
    else lines.splice(-1, 1, `${line} ${word}`.trim())
  }
  return lines.map((line) => `  ${line}`)
}

/** A scenario that was skipped: never a row, never a verdict. */
const skippedLines = ({ slug, reason }: Run['skipped'][number]): string[] => [
  `${slug} (skipped: not measured)`,
  ...wrapped(reason),
]

/** A block of lines per scenario: its slug, a heading line, a line per arm; then those skipped. At most 110 columns for names of usual length. */
export const verdictTable = (run: Run): string[] =>
  [...run.scenarios.map((scenario) => [title(scenario), ...fitting(scenario)]), ...run.skipped.map(skippedLines)]
    .flatMap((lines, index) => [...(index === 0 ? [] : ['']), ...lines])
    .map(printable)

// The report as Markdown, as a code host shows it: verdicts first, then the evidence, which each of several scenarios has in a file of its own.
import type { Run, ScenarioRun } from '../../model/run.ts'
import type { Format, ReportFile } from '../formats.ts'
import { overviewSection } from '../frame/overview-text.ts'
import { onlyScenario, pageName } from '../frame/pages.ts'
import { reproduceSection } from '../frame/reproduce-text.ts'
import { bullets, plain } from '../write/markdown-text.ts'
import { scenarioSection } from '../frame/scenario-section.ts'
import { timeSection } from '../frame/time/section.ts'
import { verdictSection } from '../frame/verdict-section.ts'
import { cutOffWords, environmentWords } from '../frame/environment-words.ts'
import { agreement, headline, subline } from '../frame/headline.ts'
import { moment } from '../write/date.ts'
import { printable } from '../write/printable.ts'
import { skippedMeaning, skippedWords } from '../frame/skipped-words.ts'
import { allVerdictWords, exitMeanings } from '../write/verdict-words.ts'

const opening = (scenario: ScenarioRun): string[] => [
  `## ${plain(scenario.title)}`,
  `**${plain(headline(scenario))}** ${plain(subline(scenario))}`.trim(),
  verdictSection(scenario),
]

const skippedSection = (run: Run): string[] => {
  const words = skippedWords(run)
  if (words === null) return []
  return [
    `**${words}.** ${skippedMeaning}`,
    bullets(run.skipped.map(({ slug, title, reason }) => `⊘ **skipped** ${plain(title)} (${plain(slug)}): ${plain(reason)}`)),
  ]
}

const ending = (run: Run): string[] => [
  '## Environment',
  bullets(environmentWords(run).flatMap(([term, lines]) => lines.map((line) => `**${term}**: ${plain(line)}`))),
  '## How to read a verdict',
  bullets(allVerdictWords.map(({ symbol, word, means }) => `${symbol} **${word}**: ${means}`)),
  `Exit codes: ${exitMeanings.map(([exitCode, means]) => `${exitCode}: ${means}`).join('. ')}.`,
]

const about = (run: Run): string =>
  `**${agreement(run)}.** ${run.mode === 'quick' ? 'Quick' : 'Full'} run of ${moment(run.startedAt)}, seed ${run.seed}.`

const cutOff = (run: Run): string[] => {
  const words = cutOffWords(run)
  return words === null ? [] : [`> **${words}**`]
}

const evidence = (scenario: ScenarioRun, seed: number): string[] => [plain(scenario.story), scenarioSection(scenario, seed)]

const written = (paragraphs: readonly string[]): string => printable(`${paragraphs.join('\n\n')}\n`)

const title = '# Kubernetes incident lab'
const index = 'report.md'

/** What begins the first file, and what ends it. */
const framed = (run: Run, between: readonly string[]): string =>
  written([
    title,
    about(run),
    ...skippedSection(run),
    ...cutOff(run),
    ...between,
    ...timeSection(run),
    ...reproduceSection(run),
    ...ending(run),
  ])

const page = (run: Run, scenario: ScenarioRun): string => {
  const alone = { ...run, scenarios: [scenario], skipped: [] }
  return written([
    title,
    `[← all scenarios](${index}). ${about(alone)}`,
    ...cutOff(alone),
    ...opening(scenario),
    ...evidence(scenario, run.seed),
    ...reproduceSection(alone),
  ])
}

const linkTo = (scenario: ScenarioRun): string => `[The evidence: ${plain(scenario.title)}](${pageName(scenario)}.md)`

/** A file of a run of one scenario, or the index of several, which has all verdicts, and a file for the evidence of each. */
export const markdown = (run: Run): ReportFile[] => {
  const scenario = onlyScenario(run)
  if (scenario !== null) return [{ file: index, text: framed(run, [...opening(scenario), ...evidence(scenario, run.seed)]) }]
  return [
    {
      file: index,
      text: framed(run, [...overviewSection(run), ...run.scenarios.flatMap((each) => [...opening(each), linkTo(each)])]),
    },
    ...run.scenarios.map((each) => ({ file: `${pageName(each)}.md`, text: page(run, each) })),
  ]
}

export const format: Format = { write: markdown }

// The report as Markdown for code hosts: verdicts first, then the evidence, in a separate file for each of several scenarios.
import type { Run, ScenarioRun } from '../../model/run.ts'
import type { Section } from '../document/elements.ts'
import { elementsMarkdown, sectionMarkdown } from '../document/markdown.ts'
import { exhibitSections } from '../exhibits.ts'
import type { Format, ReportFile } from '../formats.ts'
import { answersSection } from '../frame/answers.ts'
import { cutOffWords } from '../frame/cut-off.ts'
import { environmentSection } from '../frame/environment.ts'
import { agreement, headline } from '../frame/headline.ts'
import { overviewSection } from '../frame/overview.ts'
import { onlyScenario, pageFiles, pageName } from '../frame/pages.ts'
import { reproduceSection } from '../frame/reproduce.ts'
import { skippedElements } from '../frame/skipped.ts'
import { surprisesSection } from '../frame/surprises.ts'
import { timeSection } from '../frame/time/section.ts'
import { explainedTable, verdictSection } from '../frame/verdicts.ts'
import { moment } from '../write/date.ts'
import { plain } from '../write/markdown-text.ts'
import { printable } from '../write/printable.ts'

const title = '# Kubernetes incident lab'
const index = 'report.md'

const about = (run: Run): string =>
  `**${agreement(run)}.** ${run.mode === 'quick' ? 'Quick' : 'Full'} run of ${moment(run.startedAt)}, seed ${run.seed}.`

const cutOff = (run: Run): string[] => {
  const words = cutOffWords(run)
  return words === null ? [] : [`> **${words}**`]
}

const busy = ({ busy: found }: Run): string[] => (found ? [`> **${plain(found.sentence)}**`] : [])

const opening = (scenario: ScenarioRun): string[] => [`## ${plain(scenario.title)}`, `**${plain(headline(scenario))}**`]

/** Below the headline of a scenario. */
const evidence = (scenario: ScenarioRun, run: Run): string[] =>
  [
    surprisesSection({ ...run, scenarios: [scenario] }, false),
    answersSection(scenario, run),
    verdictSection(scenario),
    ...exhibitSections(scenario, run),
  ].flatMap((section) => sectionMarkdown(section))

const ending = (...sections: readonly Section[]): string[] => sections.flatMap((section) => sectionMarkdown(section, 2))

const written = (paragraphs: readonly string[]): string => printable(`${paragraphs.join('\n\n')}\n`)

/** Begin and end of the first file. */
const framed = (run: Run, between: readonly string[]): string =>
  written([
    title,
    about(run),
    ...elementsMarkdown(skippedElements(run), 1),
    ...cutOff(run),
    ...busy(run),
    ...between,
    ...ending(timeSection(run), reproduceSection(run), environmentSection(run)),
  ])

const page = (run: Run, scenario: ScenarioRun): string => {
  const alone = { ...run, scenarios: [scenario], skipped: [] }
  return written([
    title,
    `[← all scenarios](${index}). ${about(alone)}`,
    ...cutOff(alone),
    ...opening(scenario),
    ...evidence(scenario, run),
    ...ending(reproduceSection(alone)),
  ])
}

const linkTo = (scenario: ScenarioRun): string => `[The evidence: ${plain(scenario.title)}](${pageName(scenario)}.md)`

/** A file of a run of one scenario, or the index of several, which has all verdicts, and a file for the evidence of each. */
export const markdown = (run: Run): ReportFile[] => {
  const scenario = onlyScenario(run)
  if (scenario !== null) return [{ file: index, text: framed(run, [...opening(scenario), ...evidence(scenario, run)]) }]
  return [
    {
      file: index,
      text: framed(run, [
        ...ending(surprisesSection(run, true), overviewSection(run)),
        ...run.scenarios.flatMap((each) => [...opening(each), ...elementsMarkdown(explainedTable(each), 2), linkTo(each)]),
      ]),
    },
    ...run.scenarios.map((each) => ({ file: `${pageName(each)}.md`, text: page(run, each) })),
  ]
}

export const format: Format = { files: (scenarios) => [index, ...pageFiles(scenarios, 'md')], write: markdown }

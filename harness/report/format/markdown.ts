// The report as Markdown, as a code host shows it: verdicts of all scenarios first, then each with its evidence.
import type { Run, ScenarioRun } from '../../model/run.ts'
import type { Format } from '../formats.ts'
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

/** The whole document; `report.md` beside `run.json`. */
export const markdown = (run: Run): string => {
  const cutOff = cutOffWords(run)
  return printable(
    `${[
      '# Kubernetes incident lab',
      `**${agreement(run)}.** ${run.mode === 'quick' ? 'Quick' : 'Full'} run of ${moment(run.startedAt)}, seed ${run.seed}.`,
      ...skippedSection(run),
      ...(cutOff === null ? [] : [`> **${cutOff}**`]),
      ...run.scenarios.flatMap(opening),
      ...run.scenarios.flatMap((scenario) => [
        ...(run.scenarios.length === 1 ? [] : [`## Evidence: ${plain(scenario.title)}`]),
        plain(scenario.story),
        scenarioSection(scenario, run.seed),
      ]),
      ...timeSection(run),
      ...ending(run),
    ].join('\n\n')}\n`,
  )
}

export const format: Format = { file: 'report.md', write: markdown }

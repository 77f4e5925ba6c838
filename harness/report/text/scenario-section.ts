// A scenario in Markdown: pictures in words, comparisons, predictions, costs, proof, numbers, manifests, method.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { episodeFiles } from '../words/episode-method-words.ts'
import { methodWords } from '../words/method-words.ts'
import { expectationWords } from '../words/rule-words.ts'
import { proofLines } from '../words/proof-lines.ts'
import { comparedSection } from './compared-section.ts'
import { costsSection } from './costs-section.ts'
import { episodeSection } from './episode-section.ts'
import { bullets, code, fence, plain } from './markdown-text.ts'
import { numbersSection } from './numbers-section.ts'
import { operatorSection } from './operator-section.ts'
import { podBars } from './pod-bars.ts'
import { predictedSection } from './predicted-section.ts'
import { throttlingSection } from './throttling-section.ts'

const proof = (arm: ArmRun): string =>
  arm.proof.length === 0
    ? `**${plain(arm.name)}**: no proof was recorded.`
    : `**${plain(arm.name)}**\n\n${bullets(proofLines(arm.proof).map(({ line, times }) => (times === 1 ? code(line) : `${code(line)} in ${times} trials`)))}`

const applied = { deploy: '', connected: ', applied once the load is connected', loaded: ', run while the load is on' }

const differences = (scenario: ScenarioRun): string[] =>
  scenario.arms.flatMap((arm) =>
    arm.differences.flatMap(({ file, appliedAt, yaml }) => {
      return [
        `**${plain(arm.name)}** (${arm.kind}): ${code(file)}${applied[appliedAt]}`,
        fence(yaml, appliedAt === 'loaded' ? 'bash' : 'yaml'),
      ]
    }),
  )

const steps = ({ method: { episode } }: ScenarioRun): string[] =>
  episode === null
    ? []
    : episodeFiles(episode).flatMap(({ name, uses, content, language }) => [
        `${code(name)}: ${plain(uses.join('; '))}`,
        fence(content, language),
      ])

const invalidTrials = (scenario: ScenarioRun): string =>
  bullets(
    scenario.trials
      .filter((trial) => trial.invalid.length > 0)
      .map(
        (trial) =>
          `${plain(trial.arm)}${trial.again ? ', again' : ''}, trial ${trial.order + 1}: ${plain(trial.invalid.join('; '))}`,
      ),
  )

const section = (title: string, ...parts: readonly string[]): string[] => {
  const written = parts.filter((part) => part !== '')
  return written.length === 0 ? [] : [`### ${title}`, ...written]
}

const links = (scenario: ScenarioRun): string =>
  bullets(scenario.sources.map((source) => (/^https?:\/\/[^\s<>]+$/.test(source) ? `<${source}>` : plain(source))))

/** Everything below the verdict table of a scenario. */
export const scenarioSection = (scenario: ScenarioRun, seed: number): string => {
  const bars = podBars(scenario)
  return [
    ...section('Why', bullets(scenario.arms.map((arm) => `**${plain(arm.name)}**: ${plain(arm.reason)}`))),
    ...section('What happened, when', ...episodeSection(scenario)),
    ...section('Requests per pod', bars === '' ? '' : fence(bars, 'text')),
    ...section('Throttling and latency', ...throttlingSection(scenario)),
    ...section('Compared', ...comparedSection(scenario)),
    ...section('Predicted and measured', ...predictedSection(scenario)),
    ...section('What an operator sees', ...operatorSection(scenario)),
    ...section('What each remedy costs', costsSection(scenario)),
    ...section('Proof', ...scenario.arms.map(proof)),
    ...section('All numbers', numbersSection(scenario)),
    ...section('Trials that do not count', invalidTrials(scenario)),
    ...section('Manifests of the incident', ...scenario.manifests.flatMap(({ file, yaml }) => [code(file), fence(yaml, 'yaml')])),
    ...section('Differences', ...differences(scenario)),
    ...section('Trigger and steps', ...steps(scenario)),
    ...section('Method', bullets(methodWords(scenario, seed).map(([term, sentence]) => `**${term}**: ${plain(sentence)}`))),
    ...section(
      'Rules',
      'A verdict is given when all its rules hold. Missing data is never a pass.',
      bullets(expectationWords(scenario).map(({ verdict, rules }) => `**${verdict}**: ${plain(rules.join('; '))}`)),
    ),
    ...section('Sources', links(scenario)),
  ].join('\n\n')
}

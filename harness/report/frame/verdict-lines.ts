// The verdicts of a run for a terminal, two lines per scenario: what broke; what fixes it, and its cost.
import type { ArmRun, Run, ScenarioRun } from '../../model/run.ts'
import { briefCosts } from '../exhibit/costs.ts'
import { printable } from '../write/printable.ts'
import { noiseSentence } from '../write/uncertainty-words.ts'
import { lineWidth, wrapped } from '../write/wrapped.ts'
import { outcomes, overview } from './overview.ts'

/** The most urgent comes last, next to the prompt. No line is longer than fits `columns`, see `lineWidth`. */
export const verdictLines = (run: Run, columns: number | undefined): string[] =>
  overview(run)
    .toReversed()
    .flatMap(({ outcome, scenario, slug, broke, helpsNot }) => [
      `${outcomes[outcome].symbol} ${slug} (${outcomes[outcome].word}): ${broke}${scenario?.complete === false ? ' Interrupted: judged on the trials so far.' : ''}${scenario ? after(noiseSentence(scenario)) : ''}`,
      ...(scenario === null ? [] : [`  ${remedies(scenario, helpsNot)}`]),
    ])
    .flatMap((line) => wrapped(printable(line.replaceAll('\u00a0', ' ')), lineWidth(columns), line.startsWith(' ') ? 2 : 4))

/** With a space before it. */
const after = (sentence: string): string => (sentence === '' ? '' : ` ${sentence}`)

const remedies = (scenario: ScenarioRun, helpsNot: string): string => {
  const fixes = scenario.arms.filter(({ verdict }) => verdict === 'fixed').map((arm) => withCosts(scenario, arm))
  return [
    `fixes: ${fixes.length === 0 ? 'none of the measured remedies' : fixes.join('; ')}`,
    ...(helpsNot === '—' ? [] : [`does not help: ${helpsNot}`]),
  ].join(' · ')
}

const withCosts = (scenario: ScenarioRun, arm: ArmRun): string => {
  const [cost] = briefCosts(scenario, arm)
  return cost === undefined ? arm.name : `${arm.name} (${cost})`
}

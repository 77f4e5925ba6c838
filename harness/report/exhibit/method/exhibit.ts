// How it was measured, all numbers, all trials, and the rules that the verdicts follow from.
import { isValid } from '../../../model/trial.ts'
import type { ScenarioRun } from '../../../model/run.ts'
import type { Exhibit } from '../../exhibits.ts'
import { bullets, plain, section } from '../../write/markdown-text.ts'
import { numbersSection } from './numbers-text.ts'
import { method } from './page.ts'
import { expectationWords } from './rule-words.ts'
import { methodWords } from './words.ts'

const invalidTrials = (scenario: ScenarioRun): string =>
  bullets(
    scenario.trials
      .filter((trial) => !isValid(trial))
      .map(
        (trial) =>
          `${plain(trial.arm)}${trial.again ? ', again' : ''}, trial ${trial.order + 1}: ${plain(trial.invalid.join('; '))}`,
      ),
  )

export const exhibit: Exhibit = {
  order: 110,
  page: (scenario, seed) => method(scenario, seed),
  text: (scenario, seed) => [
    ...section('Method', bullets(methodWords(scenario, seed).map(([term, sentence]) => `**${term}**: ${plain(sentence)}`))),
    ...section(
      'Rules',
      'A verdict is given when all its rules hold. Missing data is never a pass.',
      bullets(expectationWords(scenario).map(({ verdict, rules }) => `**${verdict}**: ${plain(rules.join('; '))}`)),
    ),
    ...section('All numbers', numbersSection(scenario)),
    ...section('Trials that do not count', invalidTrials(scenario)),
  ],
}

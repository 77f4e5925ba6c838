// The verdict of a scenario as a headline: what happened to the incident arm, and which remedies helped.
import type { ArmRun, Run, ScenarioRun } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { armOfKind } from '../numbers/key-metrics.ts'
import { remedies } from '../numbers/remedy-cost.ts'
import { quantity } from '../numbers/quantity.ts'
import { verdictWords } from './verdict-words.ts'

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `a`, `a and b`, `a, b and c`. */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const said: readonly (readonly [Verdict, one: string, many: string])[] = [
  ['fixed', 'fixes it', 'fix it'],
  ['mitigated', 'only makes it milder', 'only make it milder'],
  ['no-effect', 'changes nothing', 'change nothing'],
  ['worse', 'makes it worse', 'make it worse'],
  ['inconclusive', 'got no answer', 'got no answer'],
]

const remedySentences = (scenario: ScenarioRun, verdicts: readonly Verdict[]): string =>
  said
    .filter(([verdict]) => verdicts.includes(verdict))
    .flatMap(([verdict, one, many]) => {
      const names = remedies(scenario)
        .filter((arm) => arm.verdict === verdict)
        .map((arm) => arm.name)
      return names.length === 0 ? [] : [`${listed(names)} ${names.length === 1 ? one : many}`]
    })
    .join('; ')

const ending = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`)

const sharing = (incident: ArmRun): string | null => {
  const { top_share: share, pods } = incident.metrics
  if (share === undefined || pods === undefined) return null
  const who = incident.verdict === 'reproduced' ? `one of ${pods.value} pods` : `the busiest of ${pods.value} pods`
  return `${who} answered ${quantity(share.value, share.unit)} of the requests`
}

const opening = (scenario: ScenarioRun): string => {
  const incident = armOfKind(scenario, 'incident')
  const happened = incident === undefined || incident.verdict === 'inconclusive' ? null : sharing(incident)
  return `${capital(verdictWords(scenario.verdict).word)}: ${ending(happened ?? scenario.reason)}`
}

/** What happened and what repairs it, in one or two sentences. */
export const headline = (scenario: ScenarioRun): string =>
  [opening(scenario), ending(remedySentences(scenario, ['fixed']))].filter((part) => part !== '').join(' ')

/** What the other remedies did; empty when there are none. */
export const subline = (scenario: ScenarioRun): string =>
  ending(remedySentences(scenario, ['mitigated', 'no-effect', 'worse', 'inconclusive']))

/** How many arms of the run got the verdict expected of them. */
export const agreement = (run: Pick<Run, 'scenarios'>): string => {
  const arms = run.scenarios.flatMap((scenario) => scenario.arms)
  const expected = arms.filter((arm) => arm.asExpected).length
  if (arms.length === 0) return 'No arm was judged'
  return expected === arms.length ? `All ${arms.length} arms as expected` : `${expected} of ${arms.length} arms as expected`
}

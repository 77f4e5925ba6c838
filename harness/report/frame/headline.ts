// The verdict of a scenario as a headline: what happened in the incident arm, what helped, and the new risks of it.
import { armOfKind } from '../../model/arm-kind.ts'
import type { ArmRun, Metric, Run, ScenarioRun } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { isCutOff } from '../facts/cut-off.ts'
import { metricText } from '../write/metric-words.ts'
import { changes } from '../facts/costs.ts'
import { capital } from '../write/capital.ts'
import { listed } from '../write/listed.ts'
import { lengthText } from '../write/time-words.ts'
import { verdictWords } from '../write/verdict-words.ts'
import { cutOffWords } from './cut-off.ts'
import { skippedWords } from './skipped.ts'
import { surprisesOf } from './surprise-words.ts'

const said: readonly (readonly [Verdict, one: string, many: string])[] = [
  ['fixed', 'fixes it', 'fix it'],
  ['mitigated', 'only makes it milder', 'only make it milder'],
  ['no-effect', 'changes nothing', 'change nothing'],
  ['worse', 'makes it worse', 'make it worse'],
  ['inconclusive', 'is inconclusive', 'are inconclusive'],
]

const remedySentences = (scenario: ScenarioRun, verdicts: readonly Verdict[]): string =>
  said
    .filter(([verdict]) => verdicts.includes(verdict))
    .flatMap(([verdict, one, many]) => {
      const names = changes(scenario)
        .filter((arm) => arm.verdict === verdict)
        .map((arm) => arm.name)
      return names.length === 0 ? [] : [`${listed(names)} ${names.length === 1 ? one : many}`]
    })
    .join('; ')

const ending = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`)

/** Trade-offs: which arms harm the repaired system, and which do not. */
const exposure = ({ arms }: ScenarioRun): string => {
  const armsOf = (verdict: Verdict): string[] =>
    arms.filter((arm) => arm.kind === 'trade-off' && arm.verdict === verdict).map(({ name }) => name)
  const [harmful, harmless] = [armsOf('harmed'), armsOf('unharmed')]
  const doNot = `${listed(harmless)} ${harmless.length === 1 ? 'does' : 'do'} not`
  if (harmful.length === 0) return harmless.length === 0 ? '' : `${doNot} harm the repaired system`
  const sentence = `${listed(harmful)} ${harmful.length === 1 ? 'harms' : 'harm'} the repaired system`
  return harmless.length === 0 ? sentence : `${sentence}; ${doNot}`
}

/** Remedies and trade-offs in one sentence; empty if there are none. */
const repair = (scenario: ScenarioRun): string => {
  const sentence = [remedySentences(scenario, ['fixed']), exposure(scenario)].filter((part) => part !== '').join('; ')
  return ending(sentence)
}

/** The scenario's own headline, with metrics of the incident or of control filled in. Null if one was not measured. */
const filled = (scenario: ScenarioRun, template: string): string | null => {
  const names = [...template.matchAll(/\{(control\.)?([a-z0-9_]+)\}/g)]
  const texts = names.map(([written, ofControl, name = '']) => {
    const arm = armOfKind(scenario, ofControl ? 'control' : 'incident')
    const metric = arm?.metrics[name]
    return arm && metric && ([written, inWords(scenario, arm, name, metric)] as const)
  })
  if (texts.includes(undefined)) return null
  return texts.reduce((text, found) => (found ? text.replace(found[0], () => found[1]) : text), template)
}

/** Times from 10 s are in whole seconds. A time that the end of its episodes truncated is a lower bound. */
const inWords = (scenario: ScenarioRun, arm: ArmRun, name: string, metric: Metric): string =>
  metric.unit === 's'
    ? `${isCutOff(scenario, arm.name, name) ? 'at least ' : ''}${lengthText(metric.value * 1000)}`
    : metricText(scenario, name, metric)

/** What happened in the incident arm, in a sentence; or why it is unknown. */
export const opening = (scenario: ScenarioRun): string => {
  const happened = scenario.verdict === 'reproduced' && scenario.headline !== null ? filled(scenario, scenario.headline) : null
  return `${capital(verdictWords(scenario.verdict).word)}: ${ending(happened ?? scenario.reason)}`
}

/** What happened, remedies and trade-offs, in one or two sentences. */
export const headline = (scenario: ScenarioRun): string =>
  [opening(scenario), repair(scenario)].filter((part) => part !== '').join(' ')

/** Where else the incident happens, and where not. */
const variantSentences = ({ arms }: ScenarioRun): string =>
  (
    [
      ['reproduced', 'happens'],
      ['not-reproduced', 'does not occur'],
    ] as const
  )
    .flatMap(([verdict, happens]) => {
      const names = arms.filter((arm) => arm.kind === 'variant' && arm.verdict === verdict).map((arm) => arm.name)
      return names.length === 0 ? [] : [`the incident ${happens} in ${listed(names)}`]
    })
    .join(', and ')

/** Results of the other remedies and of variants; empty if there are none. */
export const subline = (scenario: ScenarioRun): string =>
  [remedySentences(scenario, ['mitigated', 'no-effect', 'worse', 'inconclusive']), capital(variantSentences(scenario))]
    .map(ending)
    .filter((part) => part !== '')
    .join(' ')

/** Whether the arms of the run got their expected verdicts; no full stop. */
export const agreement = (run: Pick<Run, 'scenarios'>): string => {
  const arms = run.scenarios.flatMap((scenario) => scenario.arms)
  const surprises = surprisesOf(run)
  const open = surprises.filter(({ arm }) => arm.verdict === 'inconclusive').length
  const failed = surprises.length - open
  if (arms.length === 0) return 'No arm was judged'
  if (failed > 0) return `${failed} of ${arms.length} arms not as expected${open > 0 ? `, ${open} inconclusive` : ''}`
  return open > 0 ? `${open} of ${arms.length} arms inconclusive` : `All ${arms.length} arms as expected`
}

/** The verdict of the run, in sentences, including skipped and unfinished scenarios, which did not pass. */
export const runVerdict = (run: Run): string[] => {
  const [skipped, cutOff] = [skippedWords(run), cutOffWords(run)]
  return [`${agreement(run)}.`, ...(skipped === null ? [] : [`${skipped}.`]), ...(cutOff === null ? [] : [cutOff])]
}

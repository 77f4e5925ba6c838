// The verdict of a scenario as a headline: what happened to the incident arm, what helped, and what that exposes to.
import type { ArmRun, Run, ScenarioRun } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { armOfKind } from '../numbers/key-metrics.ts'
import { quantity } from '../numbers/quantity.ts'
import { changes } from '../numbers/remedy-cost.ts'
import { capital } from './capital.ts'
import { displaced, innocents, stale, stuck } from './episode-headline.ts'
import { listed } from './listed.ts'
import { verdictWords } from './verdict-words.ts'

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
      const names = changes(scenario)
        .filter((arm) => arm.verdict === verdict)
        .map((arm) => arm.name)
      return names.length === 0 ? [] : [`${listed(names)} ${names.length === 1 ? one : many}`]
    })
    .join('; ')

const ending = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`)

/** `remedy, and a neighbour` adds `a neighbour` to what the arm `remedy` is. */
const addition = (scenario: ScenarioRun, { summary }: ArmRun): string => {
  const base = scenario.arms.find(({ name }) => summary.startsWith(`${name}, and `))
  return base === undefined ? summary : summary.slice(`${base.name}, and `.length)
}

/** The other half of the truth: what harms the repaired system, and what does not. */
const exposure = (scenario: ScenarioRun): string => {
  const told = (verdict: Verdict): string =>
    listed(
      scenario.arms
        .filter((arm) => arm.kind === 'trade-off' && arm.verdict === verdict)
        .map((arm) => `${addition(scenario, arm)} (${arm.name})`),
    )
  const [harmed, unharmed] = [told('harmed'), told('unharmed')]
  if (harmed === '') return unharmed === '' ? '' : `it is not harmed by ${unharmed}`
  return `it is then harmed by ${harmed}${unharmed === '' ? '' : `, but not by ${unharmed}`}`
}

/** What repairs it and what that exposes to, in one sentence; empty where there is neither. */
const repair = (scenario: ScenarioRun): string => {
  const sentence = [remedySentences(scenario, ['fixed']), exposure(scenario)].filter((part) => part !== '').join('; ')
  return ending(sentence)
}

const sharing = (incident: ArmRun): string | null => {
  const { top_share: share, pods } = incident.metrics
  if (share === undefined || pods === undefined) return null
  const who = incident.verdict === 'reproduced' ? `one of ${pods.value} pods` : `the busiest of ${pods.value} pods`
  return `${who} answered ${quantity(share.value, share.unit)} of the requests`
}

const throttling = (incident: ArmRun, control: ArmRun | undefined): string | null => {
  const { throttled_ratio: throttled, cpu_use_of_limit: used, latency_p99: p99 } = incident.metrics
  const usual = control?.metrics['latency_p99']
  if (throttled === undefined || used === undefined || p99 === undefined || usual === undefined) return null
  const instead = `p99 is ${quantity(p99.value, p99.unit)} instead of ${quantity(usual.value, usual.unit)}`
  return `stopped in ${quantity(throttled.value, throttled.unit)} of its periods, with ${quantity(used.value, used.unit)} of its CPU limit used; ${instead}`
}

const opening = (scenario: ScenarioRun): string => {
  const incident = armOfKind(scenario, 'incident')
  const happened =
    incident === undefined || incident.verdict === 'inconclusive'
      ? null
      : (sharing(incident) ??
        throttling(incident, armOfKind(scenario, 'control')) ??
        displaced(incident) ??
        innocents(incident) ??
        stuck(incident) ??
        stale(incident))
  return `${capital(verdictWords(scenario.verdict).word)}: ${ending(happened ?? scenario.reason)}`
}

/** What happened, what repairs it and what that exposes to, in one or two sentences. */
export const headline = (scenario: ScenarioRun): string =>
  [opening(scenario), repair(scenario)].filter((part) => part !== '').join(' ')

/** Where else the incident happens, and where not. */
const variantSentences = ({ arms }: ScenarioRun): string =>
  (
    [
      ['reproduced', 'happens'],
      ['not-reproduced', 'does not happen'],
    ] as const
  )
    .flatMap(([verdict, happens]) => {
      const names = arms.filter((arm) => arm.kind === 'variant' && arm.verdict === verdict).map((arm) => arm.name)
      return names.length === 0 ? [] : [`it ${happens} with ${listed(names)}`]
    })
    .join(', and ')

/** What the other remedies did, and what variants of the incident showed; empty when there are none. */
export const subline = (scenario: ScenarioRun): string =>
  [remedySentences(scenario, ['mitigated', 'no-effect', 'worse', 'inconclusive']), capital(variantSentences(scenario))]
    .map(ending)
    .filter((part) => part !== '')
    .join(' ')

/** How many arms of the run got the verdict expected of them. */
export const agreement = (run: Pick<Run, 'scenarios'>): string => {
  const arms = run.scenarios.flatMap((scenario) => scenario.arms)
  const expected = arms.filter((arm) => arm.asExpected).length
  if (arms.length === 0) return 'No arm was judged'
  return expected === arms.length ? `All ${arms.length} arms as expected` : `${expected} of ${arms.length} arms as expected`
}

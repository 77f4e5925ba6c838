// Verdicts: pure functions of a scenario's rules and of what its trials measured. Missing data is never a pass.
import type { Comparison, Metric, ScenarioRun, Trial } from '../model/run.ts'
import type { Expectations, Rule } from '../model/rule.ts'
import type { ArmKind, Verdict } from '../model/verdict.ts'
import { compare } from '../stats/compare.ts'
import type { Pair } from '../stats/pair.ts'
import { spreadOf } from '../stats/spread.ts'
import { combine, spread } from './combine.ts'
import type { Definitions } from './combine.ts'
import { hold } from './rules.ts'
import { sentence } from './sentence.ts'
import type { Held } from './sentence.ts'

export interface Judged {
  readonly verdict: Verdict
  /** One sentence, with the numbers the verdict rests on. */
  readonly reason: string
  readonly metrics: Readonly<Record<string, Metric>>
  readonly comparisons: readonly Comparison[]
}

export interface Case {
  readonly arms: Readonly<Record<string, { readonly kind: ArmKind }>>
  readonly expect: Expectations
  readonly definitions: Definitions
  readonly trials: readonly Trial[]
  readonly seed: number
}

export interface Judgement {
  readonly arms: Readonly<Record<string, Judged>>
  readonly spread: ScenarioRun['spread']
}

/** Valid trials an arm needs: with one alone nothing is known of the spread. */
const fewestTrials = 2

/** The arm of a kind that a scenario has exactly one of. */
export const nameOfKind = (arms: Case['arms'], kind: 'control' | 'incident'): string =>
  Object.keys(arms).find((arm) => arms[arm]?.kind === kind) ?? kind

/** The verdict of every arm. */
export const judge = (judged: Case): Judgement => {
  const { arms, definitions, seed } = judged
  const first = judged.trials.filter(({ again }) => !again)
  const metricsOf = (arm: string) => combine(trialsOf(first, arm), definitions, seed)
  const metrics = Object.fromEntries(Object.keys(arms).map((arm) => [arm, metricsOf(arm)]))
  const control = metrics[nameOfKind(arms, 'control')] ?? {}
  const incident = metrics[nameOfKind(arms, 'incident')] ?? {}
  const again = judged.trials.filter((trial) => trial.again)
  const controlAgain = combine(again, definitions, seed)
  const aa = spread(control, controlAgain)
  const decide = (arm: string): Decision =>
    unusable(trialsOf(first, arm)) ??
    decideByKind(judged, arm, (rules) => hold(rules, { own: metrics[arm] ?? {}, control, incident, spread: aa }))
  const ofControl = decide(nameOfKind(arms, 'control'))
  const ofIncident = decide(nameOfKind(arms, 'incident'))
  /** Metrics that say what is better, against the same ones of another arm. */
  const compareWith = (other: Comparison['with'], own: Metrics, reference: Metrics): Comparison[] =>
    Object.entries(definitions).flatMap(([metric, { better }]) => {
      const pairs = paired(own[metric], reference[metric])
      const pairsOfControl = paired(control[metric], controlAgain[metric])
      if (!better || pairs.length === 0 || pairsOfControl.length === 0) return []
      return [{ metric, with: other, ...compare(pairs, { better, spread: spreadOf(pairsOfControl).typical }) }]
    })
  const judgeOne = (arm: string, kind: ArmKind): Judged => ({
    ...(doubtful(kind, ofControl, ofIncident) ?? decide(arm)),
    metrics: metrics[arm] ?? {},
    comparisons: [
      ...(kind === 'control' ? [] : compareWith('control', metrics[arm] ?? {}, control)),
      ...(kind === 'control' || kind === 'incident' ? [] : compareWith('incident', metrics[arm] ?? {}, incident)),
    ],
  })
  return { arms: Object.fromEntries(Object.entries(arms).map(([arm, { kind }]) => [arm, judgeOne(arm, kind)])), spread: aa }
}

type Metrics = Readonly<Record<string, Metric>>

const trialsOf = (trials: readonly Trial[], arm: string): Trial[] => trials.filter((trial) => trial.arm === arm)

/** The same metric of two arms, in pairs of the same block; a ratio needs numbers above 0. */
const paired = (arm: Metric | undefined, reference: Metric | undefined): Pair[] =>
  (arm?.blocks ?? [])
    .slice(0, reference?.blocks.length ?? 0)
    .map((value, index) => ({ arm: value, reference: reference?.blocks[index] ?? 0 }))
    .filter((pair) => pair.arm > 0 && pair.reference > 0)

interface Decision {
  readonly verdict: Verdict
  readonly reason: string
}

/** Without a healthy control there is nothing to compare with; without an incident there is nothing to repair. */
const doubtful = (kind: ArmKind, control: Decision, incident: Decision): Decision | undefined => {
  if (kind !== 'control' && control.verdict !== 'healthy')
    return { verdict: 'inconclusive', reason: `the control is not healthy: ${control.reason}` }
  const isRemedy = kind === 'fix' || kind === 'mitigation' || kind === 'folk'
  if (isRemedy && incident.verdict !== 'reproduced')
    return { verdict: 'inconclusive', reason: `the incident was not reproduced: ${incident.reason}` }
  return undefined
}

const unusable = (own: readonly Trial[]): Decision | undefined => {
  const valid = own.filter((trial) => trial.invalid.length === 0)
  if (valid.length >= fewestTrials) return undefined
  const faults = [...new Set(own.flatMap((trial) => trial.invalid))]
  const because = faults.length > 0 ? `: ${faults.join('; ')}` : ''
  return {
    verdict: 'inconclusive',
    reason: `${valid.length} of ${own.length} trials are valid, ${fewestTrials} are needed${because}`,
  }
}

const decideByKind = ({ arms, expect }: Case, arm: string, check: (rules: readonly Rule[]) => Held[]): Decision => {
  const kind = arms[arm]?.kind
  const first = (candidates: readonly (readonly [Verdict, readonly Rule[]])[], otherwise: Verdict): Decision => {
    const [, ownRules] = candidates[0] ?? [otherwise, []]
    for (const [verdict, rules] of candidates) {
      const held = check(rules)
      const missing = held.filter((each) => each.state === 'missing')
      if (missing.length > 0) return { verdict: 'inconclusive', reason: `not measured: ${sentence(missing)}` }
      if (held.some((each) => each.state === 'fails')) continue
      const unsettled = held.filter((each) => each.state === 'unsettled')
      if (unsettled.length === 0) return { verdict, reason: sentence(held) }
      return { verdict: 'inconclusive', reason: `whether it is ${verdict} is not settled: ${sentence(unsettled)}` }
    }
    return { verdict: otherwise, reason: sentence(check(ownRules).filter((each) => each.state === 'fails')) }
  }
  if (kind === 'control') return first([['healthy', expect.healthy]], 'inconclusive')
  if (kind === 'incident') return first([['reproduced', [...expect.fault, ...expect.reproduced]]], 'not-reproduced')
  if (kind === 'trade-off') return first([['harmed', expect.harmed ?? []]], 'unharmed')
  return first(
    [
      ['fixed', expect.fixed],
      ['mitigated', expect.mitigated],
      ['worse', expect.worse],
    ],
    'no-effect',
  )
}

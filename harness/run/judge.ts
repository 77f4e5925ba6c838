// Verdicts: pure functions of a scenario's rules and of what its trials measured. Missing data is never a pass.
import type { MetricDefinition } from '../probe/probe.ts'
import type { Metric, Trial } from '../model/run.ts'
import type { Expectations, Rule } from '../model/rule.ts'
import type { ArmKind, Verdict } from '../model/verdict.ts'
import { combine } from './combine.ts'
import { hold } from './rules.ts'
import { sentence } from './sentence.ts'
import type { Held } from './sentence.ts'

export interface Judged {
  readonly verdict: Verdict
  /** One sentence, with the numbers the verdict rests on. */
  readonly reason: string
  readonly metrics: Readonly<Record<string, Metric>>
}

export interface Case {
  readonly arms: Readonly<Record<string, { readonly kind: ArmKind }>>
  readonly expect: Expectations
  readonly definitions: Readonly<Record<string, MetricDefinition>>
  readonly trials: readonly Trial[]
}

/** Valid trials an arm needs: with one alone nothing is known of the spread. */
const fewestTrials = 2

/** The verdict of every arm. */
export const judge = (judged: Case): Readonly<Record<string, Judged>> => {
  const metricsOf = (arm: string) =>
    combine(
      judged.trials.filter((trial) => trial.arm === arm),
      judged.definitions,
    )
  const metrics = Object.fromEntries(Object.keys(judged.arms).map((arm) => [arm, metricsOf(arm)]))
  const nameOf = (kind: ArmKind) => Object.keys(judged.arms).find((arm) => judged.arms[arm]?.kind === kind) ?? kind
  const references = { control: metrics[nameOf('control')] ?? {}, incident: metrics[nameOf('incident')] ?? {} }
  const decide = (arm: string): Decision =>
    unusable(judged, arm) ?? decideByKind(judged, arm, (rules) => hold(rules, metrics[arm] ?? {}, references))
  const incident = decide(nameOf('incident'))
  const control = decide(nameOf('control'))
  return Object.fromEntries(
    Object.entries(judged.arms).map(([arm, { kind }]) => {
      const decision = doubtful(kind, control, incident) ?? decide(arm)
      return [arm, { ...decision, metrics: metrics[arm] ?? {} }]
    }),
  )
}

interface Decision {
  readonly verdict: Verdict
  readonly reason: string
}

/** Without a healthy control there is nothing to compare with; without an incident there is nothing to repair. */
const doubtful = (kind: ArmKind, control: Decision, incident: Decision): Decision | undefined => {
  if (kind !== 'control' && control.verdict !== 'healthy')
    return { verdict: 'inconclusive', reason: `the control is not healthy: ${control.reason}` }
  const isRemedy = kind !== 'control' && kind !== 'incident'
  if (isRemedy && incident.verdict !== 'reproduced')
    return { verdict: 'inconclusive', reason: `the incident was not reproduced: ${incident.reason}` }
  return undefined
}

const unusable = ({ trials }: Case, arm: string): Decision | undefined => {
  const own = trials.filter((trial) => trial.arm === arm)
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
      if (held.every((each) => each.state === 'holds')) return { verdict, reason: sentence(held) }
    }
    return { verdict: otherwise, reason: sentence(check(ownRules).filter((each) => each.state === 'fails')) }
  }
  if (kind === 'control') return first([['healthy', expect.healthy]], 'inconclusive')
  if (kind === 'incident') return first([['reproduced', [...expect.fault, ...expect.reproduced]]], 'not-reproduced')
  return first(
    [
      ['fixed', expect.fixed],
      ['mitigated', expect.mitigated],
      ['worse', expect.worse],
    ],
    'no-effect',
  )
}

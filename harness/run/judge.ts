// Verdicts: pure functions of a scenario's rules and of what its trials measured. Missing data is never a pass.
import type { ArmRun, Comparison, Metric, ScenarioRun, Trial } from '../model/run.ts'
import type { Expectations, Rule } from '../model/rule.ts'
import type { ArmKind, Verdict } from '../model/verdict.ts'
import { clopperPearson } from '../stats/clopper-pearson.ts'
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
  readonly outcome: ArmRun['outcome']
  readonly metrics: Readonly<Record<string, Metric>>
  readonly comparisons: readonly Comparison[]
}

export interface Case {
  /** Steady trials are judged together; each episode is a story of its own, and judged by itself. */
  readonly kind: 'steady' | 'episode'
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

/** Valid trials an arm needs. Of steady load two: with one alone nothing is known of the spread. */
const fewestTrials = { steady: 2, episode: 1 }

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
  const decideOn = (arm: string, own: Metrics): Decision =>
    decideByKind(judged, arm, (rules) => hold(rules, { own, control, incident, spread: aa }))
  const decide = (arm: string): Decision => {
    const own = trialsOf(first, arm)
    const lacking = unusable(own, fewestTrials[judged.kind])
    if (lacking || judged.kind === 'steady') return lacking ?? decideOn(arm, metrics[arm] ?? {})
    return unanimous(own.filter(isValid).map((trial) => decideOn(arm, combine([trial], definitions, seed))))
  }
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
    outcome: null,
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
  readonly outcome?: NonNullable<ArmRun['outcome']>
}

/** The verdict all episodes have. Where they differ there is none: what repairs only sometimes has not repaired. */
const unanimous = (episodes: readonly Decision[]): Decision => {
  const verdicts = [...new Set(episodes.map(({ verdict }) => verdict))]
  const [first] = episodes
  if (!first) throw new Error('an arm without a valid episode cannot be decided')
  const n = episodes.length
  if (verdicts.length === 1) return { ...first, outcome: { k: n, n, interval: clopperPearson(n, n) } }
  const told = verdicts.map((verdict) => {
    const those = episodes.filter((each) => each.verdict === verdict)
    return `${verdict} in ${those.length} of ${n} episodes (${those[0]?.reason})`
  })
  return { verdict: 'inconclusive', reason: told.join('; ') }
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

const isValid = (trial: Trial): boolean => trial.invalid.length === 0

const unusable = (own: readonly Trial[], fewest: number): Decision | undefined => {
  const valid = own.filter(isValid)
  if (valid.length >= fewest) return undefined
  const faults = [...new Set(own.flatMap((trial) => trial.invalid))]
  const because = faults.length > 0 ? `: ${faults.join('; ')}` : ''
  return {
    verdict: 'inconclusive',
    reason: `${valid.length} of ${own.length} trials are valid, ${fewest} ${fewest === 1 ? 'is' : 'are'} needed${because}`,
  }
}

const decideByKind = ({ arms, expect }: Case, arm: string, check: (rules: readonly Rule[]) => Held[]): Decision => {
  const kind = arms[arm]?.kind
  const first = (candidates: readonly (readonly [Verdict, readonly Rule[]])[], otherwise: Verdict): Decision => {
    const [, ownRules] = candidates[0] ?? [otherwise, []]
    for (const [verdict, rules] of candidates) {
      const held = check(rules)
      if (held.some((each) => each.state === 'fails')) continue // all have to hold: what was not measured cannot change that
      const missing = held.filter((each) => each.state === 'missing')
      if (missing.length > 0) return { verdict: 'inconclusive', reason: `not measured: ${sentence(missing)}` }
      const unsettled = held.filter((each) => each.state === 'unsettled')
      if (unsettled.length === 0) return { verdict, reason: sentence(held) }
      return { verdict: 'inconclusive', reason: `whether it is ${verdict} is not settled: ${sentence(unsettled)}` }
    }
    return { verdict: otherwise, reason: sentence(check(ownRules).filter((each) => each.state === 'fails')) }
  }
  if (kind === 'control') return first([['healthy', expect.healthy]], 'inconclusive')
  if (kind === 'incident' || kind === 'variant')
    return first([['reproduced', [...expect.fault, ...expect.reproduced]]], 'not-reproduced')
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

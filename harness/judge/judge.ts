// Verdicts: pure functions of a scenario's rules and of what its trials measured. Missing data is never a pass.
import { kindOf } from '../model/arm-kind.ts'
import type { ArmKind } from '../model/arm-kind.ts'
import type { MetricDefinitions } from '../model/metric.ts'
import type { ArmRun, CheckedRule, Decision, MeasuredScenario, ScenarioRun } from '../model/run.ts'
import { isValid, quietHost } from '../model/trial.ts'
import type { Trial } from '../model/trial.ts'
import type { Expectations } from '../model/rule.ts'
import type { Verdict } from '../model/verdict.ts'
import { clopperPearson } from '../stats/clopper-pearson.ts'
import { combine, spread } from './combine.ts'
import type { Metrics } from './combine.ts'
import { measuredBy } from './evidence.ts'
import type { Evidence, Measured } from './evidence.ts'
import { busyHost, lacksBlocks, wasSpoiled } from './busy-host.ts'
import type { HostLimits } from './busy-host.ts'
import { check } from './rules.ts'
import { sentence } from './sentence.ts'
import { briefly, tooFewTrials } from './too-few-trials.ts'

/** The judgement of an arm. */
export type Judged = Pick<ArmRun, 'verdict' | 'reason' | 'because' | 'decisions' | 'outcome' | 'metrics'>

export interface Case {
  /** Steady trials are judged together; each episode is judged by itself. */
  readonly kind: 'steady' | 'episode'
  readonly arms: readonly Pick<MeasuredScenario['arms'][number], 'name' | 'kind'>[]
  readonly expect: Expectations
  readonly metrics: MetricDefinitions
  readonly trials: readonly Trial[]
  /** Of the intervals of values; null: without them. */
  readonly seed: number | null
  /** The two-sided level of each rule of an arm after this many blocks; episodes need none. */
  readonly levelAfter: (blocks: number) => number
  /** Blocks that the design has at most: where they suffice for an exact interval, fewer valid ones decide nothing. Undefined: it is not known. */
  readonly planned?: number | undefined
  /** Valid trials that an arm needs: one block alone has no known spread. */
  readonly fewest?: number
  /** What others may use of the host; else as where a scenario states nothing. */
  readonly limits?: HostLimits
}

export interface Judgement {
  /** By name of the arm. */
  readonly arms: Readonly<Record<string, Judged>>
  readonly spread: ScenarioRun['spread']
}

/** Valid trials that an arm needs. Two under steady load: a single one has no known spread. */
export const fewestTrials = { steady: 2, episode: 1 }

/** The arm of a kind that occurs exactly once in a scenario. */
export const nameOfKind = (arms: Case['arms'], kind: 'control' | 'incident'): string =>
  arms.find((arm) => arm.kind === kind)?.name ?? kind

/** Blocks that began, with or without a valid trial: which of them are valid depends on the machine. */
export const blocksBegun = (trials: readonly Pick<Trial, 'block'>[]): number =>
  trials.reduce((most, { block }) => Math.max(most, block + 1), 0)

/** The verdict of every arm. */
export const judge = (judged: Case): Judgement => {
  const { kind, arms, metrics: definitions, seed, limits = quietHost } = judged
  const first = judged.trials.filter(({ replica }) => replica === 0)
  const trialsOf = (arm: string): Trial[] => first.filter((trial) => trial.arm === arm)
  const measured = new Map(arms.map(({ name }) => [name, measuredBy(trialsOf(name), definitions, seed)]))
  const measuredOf = (arm: string): Measured => measured.get(arm) ?? { metrics: {}, trials: 0, silent: 0 }
  const metricsOf = (arm: string): Metrics => measuredOf(arm).metrics
  const [controlName, incidentName] = [nameOfKind(arms, 'control'), nameOfKind(arms, 'incident')]
  const replica = combine(
    judged.trials.filter((trial) => trial.replica > 0 && trial.arm === controlName),
    definitions,
    seed,
  )
  const controlNoise = spread(metricsOf(controlName), replica)
  const { planned = 0 } = judged
  const others = { control: measuredOf(controlName), incident: measuredOf(incidentName), definitions, planned }
  const levelOf = (arm: string): number => judged.levelAfter(blocksBegun(trialsOf(arm)))
  const decideOn = (arm: Case['arms'][number], own: Measured, episode: Trial | null = null): Decided =>
    decide(judged, arm.kind, { own, ...others, level: levelOf(arm.name), episode, spread: episode ? null : controlNoise })
  const decideArm = (arm: Case['arms'][number]): WithoutMetrics => {
    const own = trialsOf(arm.name)
    const lacking = tooFewTrials(own, judged.fewest ?? fewestTrials[kind], limits)
    if (lacking) return { ...lacking, decisions: [], outcome: null }
    if (kind === 'episode')
      return unanimous(
        own.filter(isValid).map((trial) => ({ trial, ...decideOn(arm, measuredBy([trial], definitions, seed), trial) })),
        own.length > 1,
      )
    const { verdict, reason, rules } = decideOn(arm, measuredOf(arm.name))
    const compared = judged.trials.filter((trial) => [arm.name, controlName, incidentName].includes(trial.arm))
    const because = verdict === 'inconclusive' && lacksBlocks(rules) && compared.some((trial) => wasSpoiled(trial, limits))
    const decisions = [{ trial: null, verdict, level: levelOf(arm.name), rules }]
    return { verdict, reason, ...(because && busyHost), decisions, outcome: null }
  }
  const decided = new Map(arms.map((arm) => [arm.name, decideArm(arm)]))
  const ofKind = (wanted: 'control' | 'incident'): WithoutMetrics | undefined => {
    const name = nameOfKind(arms, wanted)
    const found = decided.get(name)
    return found && { ...found, reason: briefly(found, trialsOf(name)) }
  }
  const judgeArm = ({ name, kind: armKind }: Case['arms'][number]): Judged => {
    const found = decided.get(name)
    if (!found) throw new Error(`arm ${name} was not decided`)
    const doubt = doubtful(armKind, ofKind('control'), ofKind('incident'))
    return { ...(doubt ? { ...doubt, decisions: found.decisions } : found), metrics: metricsOf(name) }
  }
  return { arms: Object.fromEntries(arms.map((arm) => [arm.name, judgeArm(arm)])), spread: controlNoise }
}

type WithoutMetrics = Omit<Judged, 'metrics'>

interface Decided {
  readonly verdict: Verdict
  readonly reason: string
  readonly rules: CheckedRule[]
}

/**
 * The common verdict of all episodes. If they differ it is inconclusive: a remedy that works only sometimes is no repair. The reason comes from the first of
 * the episodes with that verdict, and says which if there are several.
 */
const unanimous = (episodes: readonly (Decided & { readonly trial: Trial })[], areSeveral: boolean) => {
  const verdicts = [...new Set(episodes.map(({ verdict }) => verdict))]
  const [first] = episodes
  if (!first) throw new Error('an arm without a valid episode cannot be decided')
  const n = episodes.length
  const decisions = episodes.map(({ trial, verdict, rules }): Decision => ({ trial: trial.order, verdict, rules }))
  const reasonOf = ({ trial, reason }: (typeof episodes)[number]): string =>
    areSeveral ? `episode ${trial.block + 1}: ${reason}` : reason
  if (verdicts.length === 1)
    return { verdict: first.verdict, reason: reasonOf(first), decisions, outcome: { k: n, n, interval: clopperPearson(n, n) } }
  const reasons = verdicts.map((verdict) => {
    const those = episodes.filter((each) => each.verdict === verdict)
    return `${verdict} in ${those.length} of ${n} episodes (${those.slice(0, 1).map(reasonOf).join('')})`
  })
  return { verdict: 'inconclusive' as const, reason: reasons.join('; '), decisions, outcome: null }
}

/** Without a healthy control there is nothing to compare with; without an incident there is nothing to repair. */
const doubtful = (
  kind: ArmKind,
  control: WithoutMetrics | undefined,
  incident: WithoutMetrics | undefined,
): Omit<WithoutMetrics, 'decisions'> | undefined => {
  const inconclusive = (what: string, by: WithoutMetrics | undefined) => ({
    verdict: 'inconclusive' as const,
    reason: `${what}: ${by?.reason}`,
    ...(by?.because && { because: by.because }),
    outcome: null,
  })
  if (kind !== 'control' && control?.verdict !== 'healthy') return inconclusive('the control is not healthy', control)
  if (kindOf(kind).isRemedy && incident?.verdict !== 'reproduced')
    return inconclusive('the incident was not reproduced', incident)
  return undefined
}

/** The lists of rules that a verdict needs. `observed` alone rules nothing out, and only a fix claims that damage stays away. */
const listsOf = (verdict: Verdict & keyof Expectations): readonly (keyof Expectations)[] => {
  if (verdict === 'reproduced') return ['fault', 'reproduced']
  return verdict === 'fixed' ? ['fixed', 'observed'] : [verdict]
}

const decide = ({ expect, metrics }: Case, kind: ArmKind, evidence: Evidence): Decided => {
  const { byRules, otherwise } = kindOf(kind)
  const looked: CheckedRule[] = []
  /** What prevents the first verdict, the best one of a remedy. */
  const failed = (): CheckedRule[] => looked.filter(({ of, state }) => state === 'fails' && (of === byRules[0] || of === 'fault'))
  for (const verdict of byRules) {
    const checked = listsOf(verdict).flatMap((of) => (expect[of] ?? []).map((rule) => ({ of, ...check(rule, evidence) })))
    looked.push(...checked)
    const inState = (state: CheckedRule['state']): CheckedRule[] => checked.filter((each) => each.state === state)
    const failing = inState('fails')
    if (failing.some(({ of }) => of !== 'observed')) continue // all rules have to hold: missing ones cannot change that
    const inconclusive = (reason: string): Decided => ({ verdict: 'inconclusive', reason, rules: looked })
    if (failing.length > 0) return inconclusive(`observed for too short a time to call it fixed: ${sentence(failing, metrics)}`)
    if (inState('missing').length > 0) return inconclusive(`not measured: ${sentence(inState('missing'), metrics)}`)
    if (inState('unsettled').length > 0)
      return inconclusive(`cannot tell whether it is ${verdict}: ${sentence(inState('unsettled'), metrics)}`)
    const better = verdict === byRules[0] ? '' : `; not ${byRules[0]}: ${sentence(failed(), metrics)}`
    return { verdict, reason: sentence(checked, metrics) + better, rules: looked }
  }
  return { verdict: otherwise, reason: sentence(failed(), metrics), rules: looked }
}

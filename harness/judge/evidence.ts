// The evidence for a rule, and whether it is complete: a metric that one trial lacks must not be decided by the others.
import type { MetricDefinitions } from '../model/metric.ts'
import type { Bound, Rule } from '../model/rule.ts'
import type { CheckedRule, Metric, ScenarioRun } from '../model/run.ts'
import { isValid } from '../model/trial.ts'
import type { Trial } from '../model/trial.ts'
import { combine } from './combine.ts'
import type { Metrics } from './combine.ts'

/** Results of the valid trials of an arm. */
export interface Measured {
  readonly metrics: Metrics
  /** Valid trials. */
  readonly trials: number
  /** Valid trials with requests but no reply. */
  readonly silent: number
}

/** The judged arm, the arms it is compared with, and the A/A spread. */
export interface Evidence {
  readonly own: Measured
  readonly control: Measured
  readonly incident: Measured
  readonly definitions: MetricDefinitions
  /** Two-sided, of each rule. */
  readonly level: number
  /** Blocks that the design has at most; 0: it is not known. */
  readonly planned: number
  /** The single episode to judge; null: all trials together. */
  readonly episode: Trial | null
  /** Null for a single episode, which is judged against all episodes of the other arms. */
  readonly spread: ScenarioRun['spread'] | null
}

export const measuredBy = (trials: readonly Trial[], definitions: MetricDefinitions, seed: number | null): Measured => ({
  metrics: combine(trials, definitions, seed),
  trials: trials.filter(isValid).length,
  silent: trials.filter((trial) => isValid(trial) && trial.load.sent > 0 && trial.load.completed === 0).length,
})

/** The metric that a bound names, in its arm: null is the judged one. Undefined: the bound is a number. */
export const referenceOf = ({
  of,
}: Bound): { readonly arm: 'control' | 'incident' | null; readonly metric: string } | undefined => {
  if (of === undefined) return undefined
  const [first = '', second] = of.split('.')
  if (second === undefined) return { arm: null, metric: first }
  return { arm: first === 'control' ? 'control' : 'incident', metric: second }
}

const armOf = (evidence: Evidence, arm: 'control' | 'incident' | null): Measured => evidence[arm ?? 'own']

/** The measured value that a bound refers to. */
export const referredTo = (bound: Bound, evidence: Evidence): Metric | undefined => {
  const reference = referenceOf(bound)
  return reference && armOf(evidence, reference.arm).metrics[reference.metric]
}

type Gap = NonNullable<CheckedRule['gap']>

/** The first metric of a rule that a valid trial of its arm lacks; null: all have it. */
export const gapOf = (rule: Rule, evidence: Evidence): Gap | null => {
  const named = [{ arm: null, metric: rule.metric }, ...rule.bounds.flatMap((bound) => referenceOf(bound) ?? [])]
  const gaps = named.flatMap(({ arm, metric }): Gap[] => {
    const { metrics, trials } = armOf(evidence, arm)
    const lacking = trials - (metrics[metric]?.blocks.length ?? 0)
    return lacking > 0 || trials === 0 ? [{ arm, metric, lacking, trials }] : []
  })
  return gaps[0] ?? null
}

/**
 * Whether a value is missing because there was no reply. For a latency that must be low, no reply is a failure, and
 * no gap in the data.
 */
export const isWithoutReply = (rule: Rule, gap: Gap, { own, definitions }: Evidence): boolean => {
  const { better, observation } = definitions[rule.metric] ?? {}
  const isLatency = better === 'lower' && observation === 'request'
  return isLatency && rule.is === 'at-most' && gap.arm === null && gap.metric === rule.metric && gap.lacking === own.silent
}

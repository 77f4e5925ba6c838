// What a rule is checked against, and whether all of it was measured: a metric that one trial lacks may not decide by the others.
import type { MetricDefinitions } from '../model/metric.ts'
import type { Bound, Rule } from '../model/rule.ts'
import type { CheckedRule, Metric, ScenarioRun } from '../model/run.ts'
import { isValid } from '../model/trial.ts'
import type { Trial } from '../model/trial.ts'
import { combine } from './combine.ts'
import type { Metrics } from './combine.ts'

/** What the valid trials of an arm yielded. */
export interface Measured {
  readonly metrics: Metrics
  /** Valid trials. */
  readonly trials: number
  /** Those of them in which requests were sent and none was answered. */
  readonly silent: number
}

/** The judged arm, those it is compared with, and the A/A spread. */
export interface Evidence {
  readonly own: Measured
  readonly control: Measured
  readonly incident: Measured
  readonly definitions: MetricDefinitions
  /** The episode that is judged by itself; null: all trials together. */
  readonly episode: Trial | null
  /** Null: of one episode, judged by itself against what all episodes of the other arms yielded. */
  readonly spread: ScenarioRun['spread'] | null
}

export const measuredBy = (trials: readonly Trial[], definitions: MetricDefinitions, seed: number): Measured => ({
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

/** What a bound names, as it was measured. */
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
 * Whether what is missing is missing because nothing was answered. A latency that has to be low is not: no reply at all is a failure, and
 * no gap in the data.
 */
export const isWithoutReply = (rule: Rule, gap: Gap, { own, definitions }: Evidence): boolean => {
  const { better, observation } = definitions[rule.metric] ?? {}
  const isLatency = better === 'lower' && observation === 'request'
  return isLatency && rule.is === 'at-most' && gap.arm === null && gap.metric === rule.metric && gap.lacking === own.silent
}

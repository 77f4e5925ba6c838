// A rule in words: "latency p99 at most 1.25 × control's latency p99, or control's latency p99 + 15 ms".
import type { ScenarioRun } from '../../../model/run.ts'
import type { Bound, Rule } from '../../../model/rule.ts'
import { unitOf } from '../../facts/key-metrics.ts'
import { metricLabel } from '../../write/metric-words.ts'
import { exact } from '../../write/quantity.ts'

const referenceWords = (scenario: ScenarioRun, of: string): string => {
  const [arm, name] = of.split('.')
  return name === undefined ? metricLabel(scenario, of) : `${arm}’s ${metricLabel(scenario, name)}`
}

const plusWords = (plus: number, unit: string): string =>
  plus === 0 ? '' : ` ${plus > 0 ? '+' : '−'} ${exact(Math.abs(plus), unit, 'points')}`

const boundWords = (scenario: ScenarioRun, bound: Bound, unit: string): string => {
  if (bound.of === undefined) return exact(bound.plus, unit)
  const factor = bound.times === 1 ? '' : `${bound.times} × `
  return `${factor}${referenceWords(scenario, bound.of)}${plusWords(bound.plus, unit)}`
}

/** The rule as a phrase; several bounds read as "or", since any of them is enough. */
const ruleWords = (scenario: ScenarioRun, rule: Rule): string => {
  const unit = unitOf(scenario, rule.metric)
  if (unit === 'yes') return `${metricLabel(scenario, rule.metric)}: ${rule.is === 'at-least' ? 'yes' : 'no'}`
  const bounds = rule.bounds.map((bound) => boundWords(scenario, bound, unit))
  return `${metricLabel(scenario, rule.metric)} ${rule.is === 'at-least' ? 'at least' : 'at most'} ${bounds.join(', or ')}`
}

/** Each verdict with its rules in words, all of which have to hold. */
export const expectationWords = (scenario: ScenarioRun): { readonly verdict: string; readonly rules: string[] }[] =>
  Object.entries(scenario.method.expect).map(([verdict, rules = []]) => ({
    verdict,
    rules: rules.map((rule) => ruleWords(scenario, rule)),
  }))

// Rules and numbers as a sentence for people.
import { labelOf, unitBeside } from '../model/metric.ts'
import type { MetricDefinitions } from '../model/metric.ts'
import type { Bound } from '../model/rule.ts'
import type { CheckedRule } from '../model/run.ts'

/** "effective pods 3.00 ≥ 2.70 (0.9 × pods); latency p99 446 ms, not ≤ 69.4 ms (...)" */
export const sentence = (rules: readonly CheckedRule[], metrics: MetricDefinitions): string =>
  rules.map((each) => clause(each, metrics)).join('; ')

const clause = (checked: CheckedRule, metrics: MetricDefinitions): string => {
  const { rule, state, value, bound } = checked
  const name = labelOf(metrics, rule.metric)
  if (value === null || bound === null) return absence(checked, metrics)
  const unit = metrics[rule.metric]?.unit ?? ''
  if (unit === 'yes') return `${name}: ${yesOrNo(value)}${state === 'fails' ? `, not ${yesOrNo(bound)}` : ''}`
  const sign = rule.is === 'at-least' ? '≥' : '≤'
  const from = rule.bounds.some((each) => each.of) ? ` (${rule.bounds.map((each) => boundText(each, metrics)).join(' or ')})` : ''
  const beside = unitBeside(metrics, rule.metric)
  const shown = beside === '' ? '' : ` ${beside}`
  const relation = { holds: ` ${sign} `, fails: `, not ${sign} `, unsettled: `, perhaps not ${sign} `, missing: '' }[state]
  const further = state === 'unsettled' ? furtherText(checked) : ''
  return `${name} ${number(value)}${shown}${relation}${number(bound)}${shown}${from}${further}`
}

/** "latency p99 in 5 of 6 trials", "first innocent of incident", "latency p99: no reply in 2 of 3 trials" */
const absence = ({ rule, because, gap }: CheckedRule, metrics: MetricDefinitions): string => {
  const name = labelOf(metrics, gap?.metric ?? rule.metric)
  if (because === 'no-common-block') return `${name} in a block of both arms`
  if (!gap) return name
  const { arm, lacking, trials } = gap
  if (because === 'no-reply') return `${name}: no reply in ${lacking} of ${trials} trials`
  const which = lacking < trials ? ` in ${lacking} of ${trials} trials` : ''
  return `${name}${which}${arm === null ? '' : ` of ${arm}`}`
}

const furtherText = ({ because, furtherBlocks: blocks }: CheckedRule): string => {
  if (because === 'noise-unknown') return '; the noise is not known: no block has two valid trials of control'
  if (blocks === null) return '; no sensible number of blocks would settle it'
  return `; about ${blocks} more ${blocks === 1 ? 'block' : 'blocks'} would settle it`
}

/** "1.25 × control's latency p99 + 15" */
const boundText = ({ times, of, plus }: Bound, metrics: MetricDefinitions): string => {
  if (of === undefined) return String(plus)
  return `${times === 1 ? '' : `${times} × `}${referenceText(of, metrics)}${plus === 0 ? '' : ` + ${plus}`}`
}

const referenceText = (of: string, metrics: MetricDefinitions): string => {
  const [first = '', name] = of.split('.')
  return name === undefined ? labelOf(metrics, first) : `${first}'s ${labelOf(metrics, name)}`
}

const yesOrNo = (value: number): string => (value > 0 ? 'yes' : 'no')

const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2))

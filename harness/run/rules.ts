// Whether rules hold: metrics against bounds made of numbers and other metrics.
import type { Bound, Rule } from '../model/rule.ts'
import type { Metric } from '../model/run.ts'
import type { Held } from './sentence.ts'

type Metrics = Readonly<Record<string, Metric>>
export interface References {
  readonly control: Metrics
  readonly incident: Metrics
}

/** Each rule with what was measured of it: whether it holds, fails, or could not be looked at. */
export const hold = (rules: readonly Rule[], own: Metrics, references: References): Held[] =>
  rules.map((rule): Held => {
    const measured = own[rule.metric]
    const bounds = rule.bounds.map((bound) => valueOf(bound, own, references))
    if (!measured || bounds.includes(undefined))
      return { rule, state: 'missing', value: measured?.value, bound: undefined, unit: measured?.unit ?? '' }
    const values = bounds.filter((bound) => bound !== undefined)
    const bound = rule.is === 'at-least' ? Math.min(...values) : Math.max(...values)
    const holds = rule.is === 'at-least' ? measured.value >= bound : measured.value <= bound
    return { rule, state: holds ? 'holds' : 'fails', value: measured.value, bound, unit: measured.unit }
  })

const valueOf = (bound: Bound, own: Metrics, references: References): number | undefined => {
  if (bound.of === undefined) return bound.plus
  const [first = '', second] = bound.of.split('.')
  const measured = second === undefined ? own[first] : references[first as keyof References][second]
  return measured && bound.times * measured.value + bound.plus
}

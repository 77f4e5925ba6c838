// Rules and numbers as a sentence for people.
import type { Bound, Rule } from '../model/rule.ts'

/** A rule with what was measured. */
export interface Held {
  readonly rule: Rule
  readonly state: 'holds' | 'fails' | 'missing'
  readonly value: number | undefined
  readonly bound: number | undefined
  readonly unit: string
}

/** "effective_pods 3.00 pods, at least 2.70 (0.9 × pods); ..." */
export const sentence = (rules: readonly Held[]): string => rules.map(clause).join('; ')

const clause = ({ rule, value, bound, unit }: Held): string => {
  if (value === undefined) return rule.metric
  const is = rule.is === 'at-least' ? 'at least' : 'at most'
  const from = rule.bounds.some((each) => each.of) ? ` (${rule.bounds.map(boundText).join(' or ')})` : ''
  return `${rule.metric} ${number(value)} ${unit}, wanted ${is} ${bound === undefined ? 'an unknown bound' : number(bound)}${from}`
}

/** "1.25 × control.latency_p99 + 15" */
export const boundText = ({ times, of, plus }: Bound): string => {
  if (of === undefined) return String(plus)
  return `${times === 1 ? '' : `${times} × `}${of}${plus === 0 ? '' : ` + ${plus}`}`
}

const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2))

// Rules and numbers as a sentence for people.
import type { Bound, Rule } from '../model/rule.ts'

/** A rule with what was measured. */
export interface Held {
  readonly rule: Rule
  readonly state: 'holds' | 'fails' | 'unsettled' | 'missing'
  readonly value: number | undefined
  readonly bound: number | undefined
  readonly unit: string
  /** Of one that is not settled: how many more blocks would settle it; null: no sensible number. */
  readonly furtherBlocks?: number | null
}

/** "effective pods 3.00 ≥ 2.70 (0.9 × pods); latency p99 446 ms, not ≤ 69.4 ms (...)" */
export const sentence = (rules: readonly Held[]): string => rules.map(clause).join('; ')

const clause = ({ rule, state, value, bound, unit, furtherBlocks }: Held): string => {
  const name = words(rule.metric)
  if (value === undefined || bound === undefined) return name
  if (unit === 'yes') return `${name}: ${yesOrNo(value)}${state === 'fails' ? `, not ${yesOrNo(bound)}` : ''}`
  const sign = rule.is === 'at-least' ? '≥' : '≤'
  const from = rule.bounds.some((each) => each.of) ? ` (${rule.bounds.map(boundText).join(' or ')})` : ''
  const shown = ['ms', 's', 'MiB'].includes(unit) ? ` ${unit}` : '' // the other units are in the metrics' names
  const relation = { holds: ` ${sign} `, fails: `, not ${sign} `, unsettled: `, perhaps not ${sign} `, missing: '' }[state]
  return `${name} ${number(value)}${shown}${relation}${number(bound)}${shown}${from}${furtherText(furtherBlocks)}`
}

const furtherText = (blocks: number | null | undefined): string => {
  if (blocks === undefined) return ''
  return blocks === null ? '; no sensible number of blocks would settle it' : `; about ${blocks} more blocks would settle it`
}

/** "1.25 × control's latency p99 + 15" */
const boundText = ({ times, of, plus }: Bound): string => {
  if (of === undefined) return String(plus)
  return `${times === 1 ? '' : `${times} × `}${words(of)}${plus === 0 ? '' : ` + ${plus}`}`
}

const words = (name: string): string =>
  name
    .replace(/_(s|mib)$/, '')
    .replaceAll('_', ' ')
    .replace('.', "'s ")

const yesOrNo = (value: number): string => (value > 0 ? 'yes' : 'no')

const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2))

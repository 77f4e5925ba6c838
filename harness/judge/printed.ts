// Numbers next to a bound, with enough digits that the printed comparison matches the judged one.
import type { Rule } from '../model/rule.ts'
import { marginIn } from './margin.ts'
import type { At } from './margin.ts'

/** Usual digits: whole numbers from 100, else two decimals. */
const usual = (value: number): number => (Math.abs(value) >= 100 ? 0 : 2)

const most = 15

/** Value and bound as text. Adds digits if the usual ones would print a false comparison. */
export const printedPair = (rule: Pick<Rule, 'is'>, at: At): readonly [value: string, bound: string] => {
  const isInside = marginIn(rule, at) >= 0
  const isTrue = ([value, bound]: readonly [string, string]): boolean =>
    (rule.is === 'at-least' ? Number(value) >= Number(bound) : Number(value) <= Number(bound)) === isInside
  const short = [at.value.toFixed(usual(at.value)), at.bound.toFixed(usual(at.bound))] as const
  if (isTrue(short)) return short
  const least = Math.max(usual(at.value), usual(at.bound))
  for (let decimals = least; decimals <= most; decimals++) {
    const longer = [at.value.toFixed(decimals), at.bound.toFixed(decimals)] as const
    if (isTrue(longer)) return longer
  }
  return isInside ? [String(at.bound), String(at.bound)] : [String(at.value), String(at.bound)] // equal except for rounding
}

/** A number that stands alone. */
export const printed = (value: number): string => value.toFixed(usual(value))

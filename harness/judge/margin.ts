// How far inside its bound a value is.
import type { Rule } from '../model/rule.ts'

/** A value and the bound it is compared with. */
export interface At {
  readonly value: number
  readonly bound: number
}

/** The same for one block. */
export type AtBlock = At & { readonly block: number }

/** Relative rounding error: 0.3 counts as at least 3 × 0.1. */
const rounding = 1e-9

/** How far inside the bound a value is: 0 or more holds. */
export const marginIn = ({ is }: Pick<Rule, 'is'>, { value, bound }: At): number => {
  const margin = is === 'at-least' ? value - bound : bound - value
  return Math.abs(margin) <= rounding * Math.max(Math.abs(value), Math.abs(bound)) ? 0 : margin
}

/** Any of several bounds is enough: the easiest one counts. */
export const boundAt = ({ is, bounds }: Rule, references: readonly (number | undefined)[]): number => {
  const values = bounds.map(({ times, of, plus }, index) => (of === undefined ? plus : times * (references[index] ?? NaN) + plus))
  return is === 'at-least' ? Math.min(...values) : Math.max(...values)
}

// How far inside its bound a value is.
import type { Rule } from '../model/rule.ts'
import { difference } from '../stats/pair.ts'

/** A value and the bound it is compared with. */
export interface At {
  readonly value: number
  readonly bound: number
}

/** The same for one block. */
export type AtBlock = At & { readonly block: number }

/** How far inside the bound a value is: 0 or more holds. */
export const marginIn = ({ is }: Pick<Rule, 'is'>, { value, bound }: At): number =>
  is === 'at-least' ? difference({ arm: value, reference: bound }) : difference({ arm: bound, reference: value })

/** The same as a ratio of value and bound, in natural logarithms: a difference would weigh blocks that are far off more. Both above 0. */
export const logMarginIn = (rule: Pick<Rule, 'is'>, at: At): number =>
  Math.sign(marginIn(rule, at)) * Math.abs(Math.log(at.value / at.bound))

/** Whether margins are ratios in all blocks. */
export const areRatios = (blocks: readonly At[]): boolean => blocks.every(({ value, bound }) => value > 0 && bound > 0)

/** Any of several bounds is enough: the easiest one counts. */
export const boundAt = ({ is, bounds }: Rule, references: readonly (number | undefined)[]): number => {
  const values = bounds.map(({ times, of, plus }, index) => (of === undefined ? plus : times * (references[index] ?? NaN) + plus))
  return is === 'at-least' ? Math.min(...values) : Math.max(...values)
}

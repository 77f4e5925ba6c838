// A rule as data: a metric of an arm, and its bounds.
import * as z from 'zod'

/**
 * `times × of + plus`. `of` names a metric of the judged arm (`pods`), or of another one (`control.latency_p99`,
 * `incident.top_share`); without it the bound is the number `plus`. The unit is the metric's own.
 */
export const Bound = z.strictObject({
  times: z.number().default(1),
  of: z
    .string()
    .regex(/^((control|incident)\.)?[a-z0-9_]+$/)
    .optional(),
  plus: z.number().default(0),
})
export type Bound = z.infer<typeof Bound>

/** Holds if the metric is at least (at most) one of the bounds: with several bounds, any one is enough. */
export const Rule = z.strictObject({
  metric: z.string(),
  is: z.enum(['at-least', 'at-most']),
  bounds: z.array(Bound).min(1),
})
export type Rule = z.infer<typeof Rule>

type BoundInput = number | z.input<typeof Bound>

const toBound = (bound: BoundInput): Bound => Bound.parse(typeof bound === 'number' ? { plus: bound } : bound)

/** Starts a rule: `metric('effective_pods').atLeast({ times: 0.9, of: 'pods' })`. */
export const metric = (name: string) => ({
  atLeast: (...bounds: readonly BoundInput[]): Rule => ({ metric: name, is: 'at-least', bounds: bounds.map(toBound) }),
  atMost: (...bounds: readonly BoundInput[]): Rule => ({ metric: name, is: 'at-most', bounds: bounds.map(toBound) }),
})

/** The rules of each verdict; all rules of a list have to hold. */
export const Expectations = z.strictObject({
  /** Rules that the fault is present, before its effect is measured. */
  fault: z.array(Rule).min(1),
  healthy: z.array(Rule).min(1),
  reproduced: z.array(Rule).min(1),
  fixed: z.array(Rule).min(1),
  mitigated: z.array(Rule).min(1),
  /**
   * Rules that an arm was observed for long enough. Damage that did not come by then may still come: where one fails, an arm whose rules for `fixed`
   * hold is inconclusive.
   */
  observed: z.array(Rule).min(1).optional(),
  worse: z.array(Rule).min(1),
  /** For a trade-off: what counts as harm. */
  harmed: z.array(Rule).min(1).optional(),
})
export type Expectations = z.infer<typeof Expectations>

// A rule as data: a metric of an arm, and its bounds.
import * as z from 'zod'

/** A number for each mode of a run: few blocks carry a wider bound only. */
const PerMode = z.strictObject({ full: z.number(), quick: z.number() })
type PerMode = z.infer<typeof PerMode>

const boundWith = <Times extends z.ZodType>(times: Times) =>
  z.strictObject({
    times,
    of: z
      .string()
      .regex(/^((control|incident)\.)?[a-z0-9_]+$/)
      .optional(),
    plus: z.number().default(0),
  })

/**
 * `times × of + plus`. `of` names a metric of the judged arm (`pods`), or of another one (`control.latency_p99`,
 * `incident.top_share`); without it the bound is the number `plus`. The unit is the metric's own.
 */
export const Bound = boundWith(z.number().default(1))
export type Bound = z.infer<typeof Bound>

const ruleWith = <Each extends z.ZodType>(bound: Each) =>
  z.strictObject({ metric: z.string(), is: z.enum(['at-least', 'at-most']), bounds: z.array(bound).min(1) })

/** Holds if the metric is at least (at most) one of the bounds: with several bounds, any one is enough. */
export const Rule = ruleWith(Bound)
export type Rule = z.infer<typeof Rule>

/** The same in a scenario file. */
const ScenarioRule = ruleWith(boundWith(z.union([z.number(), PerMode]).default(1)))

type BoundInput<Times> = number | { readonly times?: Times; readonly of?: string | undefined; readonly plus?: number }
type RuleOf<Times> = Omit<Rule, 'bounds'> & { bounds: (Omit<Bound, 'times'> & { times: Times | number })[] }

const toBound = <Times>(bound: BoundInput<Times>): RuleOf<Times>['bounds'][number] =>
  typeof bound === 'number' ? { times: 1, plus: bound } : { times: 1, plus: 0, ...bound }

/**
 * Starts a rule: `metric('effective_pods').atLeast({ times: 0.9, of: 'pods' })`. `times` may differ by mode:
 * `{ times: { full: 1.25, quick: 1.5 }, of: 'control.latency_p95' }`.
 */
export const metric = (name: string) => ({
  atLeast: <Times extends number | PerMode = number>(...bounds: readonly BoundInput<Times>[]): RuleOf<Times> => ({
    metric: name,
    is: 'at-least',
    bounds: bounds.map(toBound),
  }),
  atMost: <Times extends number | PerMode = number>(...bounds: readonly BoundInput<Times>[]): RuleOf<Times> => ({
    metric: name,
    is: 'at-most',
    bounds: bounds.map(toBound),
  }),
})

const expectationsWith = <Each extends z.ZodType>(rule: Each) =>
  z.strictObject({
    /** Rules that the fault is present, before its effect is measured. */
    fault: z.array(rule).min(1),
    healthy: z.array(rule).min(1),
    reproduced: z.array(rule).min(1),
    fixed: z.array(rule).min(1),
    mitigated: z.array(rule).min(1),
    worse: z.array(rule).min(1),
    /** For a trade-off: what counts as harm. */
    harmed: z.array(rule).min(1).optional(),
  })

/** The rules of each verdict; all rules of a list have to hold. */
export const Expectations = expectationsWith(Rule)
export type Expectations = z.infer<typeof Expectations>

/** The same in a scenario file: with numbers for each mode. */
export const ScenarioExpectations = expectationsWith(ScenarioRule)
export type ScenarioExpectations = z.infer<typeof ScenarioExpectations>

/** The rules of a run in this mode. */
export const expectationsIn = (expect: ScenarioExpectations, mode: keyof PerMode): Expectations =>
  Expectations.parse(
    Object.fromEntries(
      Object.entries(expect).map(([verdict, rules = []]) => [
        verdict,
        rules.map((rule) => ({
          ...rule,
          bounds: rule.bounds.map((bound) => ({
            ...bound,
            times: typeof bound.times === 'number' ? bound.times : bound.times[mode],
          })),
        })),
      ]),
    ),
  )

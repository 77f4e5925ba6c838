// Blocks that are too few for an interval decide if they agree and are clear of the noise.
import { median } from 'simple-statistics'
import type { Bound, Rule } from '../model/rule.ts'
import type { CheckedRule } from '../model/run.ts'
import { clearOfSpread } from '../stats/compare.ts'
import { referenceOf, referredTo } from './evidence.ts'
import type { Evidence } from './evidence.ts'
import { areRatios, logMarginIn, marginIn } from './margin.ts'
import type { AtBlock } from './margin.ts'

/** What blocks decide. */
export type OfBlocks = Pick<CheckedRule, 'because' | 'noise'> & { readonly state: 'holds' | 'fails' | 'unsettled' }

/**
 * The median block decides if it is at least one A/A spread clear of the bound, and if no block contradicts it or, with 3 or more blocks,
 * only one odd block does. A rule that claims a difference from another arm also needs that difference to be three A/A spreads.
 */
export const stateOfFew = (rule: Rule, blocks: readonly AtBlock[], evidence: Evidence): OfBlocks => {
  const noise = noiseOf(rule, blocks, evidence)
  const margins = blocks.map((at) => marginBy(noise, rule, at))
  const middle = median(margins)
  const agree = margins.every((margin) => margin < 0) || margins.every((margin) => margin >= 0)
  if (noise === 'unknown') return { state: 'unsettled', because: 'noise-unknown', noise: null }
  if (Math.abs(middle) < noise.size) return { state: 'unsettled', because: agree ? 'within-noise' : 'blocks-differ', noise }
  if (!agree && margins.length < 3) return { state: 'unsettled', because: 'blocks-differ', noise }
  if (middle < 0) return { state: 'fails', because: null, noise }
  if (!agree && middle === 0) return { state: 'unsettled', because: 'blocks-differ', noise }
  if (!isDistinct(rule, evidence))
    return { state: 'unsettled', because: 'difference-within-noise', noise: spreadOf(rule, evidence) }
  return { state: 'holds', because: null, noise }
}

type Noise = NonNullable<CheckedRule['noise']>

/**
 * The A/A spread for comparison with a margin: as a ratio if all values are above 0, since noise scales with magnitude.
 * A share is compared in points; one that is 0 or 1 in every block has no noise, nor does a metric
 * that control lacks.
 */
export const noiseOf = (rule: Rule, blocks: readonly AtBlock[], { spread, control }: Evidence): Noise | 'unknown' => {
  const of = spread?.[rule.metric]
  if (!of) return control.metrics[rule.metric] === undefined ? { size: 0, as: 'difference' } : 'unknown'
  if (of.unit === 'ratio') return { size: isAllOrNone(blocks) ? 0 : of.value, as: 'difference' }
  return of.ratio !== null && areRatios(blocks) ? { size: of.ratio, as: 'log-ratio' } : { size: of.value, as: 'difference' }
}

const isAllOrNone = (blocks: readonly AtBlock[]): boolean =>
  blocks.every(({ value }) => value === 1) || blocks.every(({ value }) => value === 0)

const marginBy = (noise: Noise | 'unknown', rule: Rule, at: AtBlock): number =>
  noise !== 'unknown' && noise.as === 'log-ratio' ? logMarginIn(rule, at) : marginIn(rule, at)

/**
 * Whether this arm is three A/A spreads away from the arms that the rule says it differs from; a tolerance around an arm claims no
 * difference. As a ratio if possible, since noise scales with magnitude.
 */
const isDistinct = (rule: Rule, evidence: Evidence): boolean => {
  const own = evidence.own.metrics[rule.metric]?.value ?? NaN
  const spread = evidence.spread?.[rule.metric]
  return rule.bounds.every((bound) => {
    const reference = referredTo(bound, evidence)?.value
    if (reference === undefined || !isOtherArm(bound)) return true
    const beyond = bound.times * reference + bound.plus
    if (rule.is === 'at-least' ? beyond < reference : beyond > reference) return true
    if (typeof spread?.ratio === 'number' && own > 0 && reference > 0)
      return Math.abs(Math.log(own / reference)) >= clearOfSpread * spread.ratio
    return Math.abs(own - reference) >= clearOfSpread * (spread?.value ?? 0)
  })
}

/** The A/A spread for comparison with a difference between arms. */
const spreadOf = (rule: Rule, { spread }: Evidence): Noise | null => {
  const of = spread?.[rule.metric]
  if (!of) return null
  return of.ratio === null ? { size: of.value, as: 'difference' } : { size: of.ratio, as: 'log-ratio' }
}

const isOtherArm = (bound: Bound): boolean => (referenceOf(bound)?.arm ?? null) !== null

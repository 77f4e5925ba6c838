// Whether rules hold: metrics against bounds made of numbers and other metrics, block by block.
import { median, sampleStandardDeviation, sum } from 'simple-statistics'
import type { Bound, Rule } from '../model/rule.ts'
import type { CheckedRule, Metric, ScenarioRun } from '../model/run.ts'
import { blocksNeeded, enoughForInterval } from '../stats/blocks-needed.ts'
import { clearOfSpread } from '../stats/compare.ts'
import { hodgesLehmann } from '../stats/hodges-lehmann.ts'
import type { Metrics } from './combine.ts'

/** What a rule is checked against: the judged arm's metrics, those it is compared with, and the A/A spread. */
export interface Evidence {
  readonly own: Metrics
  readonly control: Metrics
  readonly incident: Metrics
  /** Null: of one episode, judged by itself against what all episodes of the other arms yielded. */
  readonly spread: ScenarioRun['spread'] | null
}

export type Checked = Omit<CheckedRule, 'of'>

/**
 * A rule with what was measured of it.
 * - Sums are judged as sums, and an episode by itself: it holds or it fails.
 * - From 6 blocks on it holds (fails) when the exact interval of the room it leaves says so (Hodges and Lehmann).
 * - With fewer it holds (fails) when it does in every block; or, from 3 on, when the middle block is an A/A spread clear of the bound, so
 *   that one odd block does not decide. A rule that claims a difference from another arm needs that to be three A/A spreads, too.
 * - In between it is unsettled: inside the noise nothing is said. What was not measured is missing, and never a pass.
 */
export const check = (rule: Rule, evidence: Evidence): Checked => {
  const measured = evidence.own[rule.metric]
  const references = rule.bounds.map((bound) => referenceOf(bound, evidence))
  const named = [measured, ...rule.bounds.flatMap(({ of }, index) => (of === undefined ? [] : [references[index]]))]
  const metrics = named.filter((each) => each !== undefined)
  const blocks = commonBlocks(metrics)
  const isSteady = evidence.spread !== null
  if (!measured || metrics.length < named.length || (isSteady && blocks.length === 0))
    return { rule, state: 'missing', value: measured?.value ?? null, bound: null, furtherBlocks: null }
  const boundBy = (valueOf: (metric: Metric) => number): number =>
    boundAt(
      rule,
      references.map((each) => each && valueOf(each)),
    )
  const overall: At = isSteady
    ? { value: measured.value, bound: boundBy(({ value }) => value) }
    : { value: measured.value, bound: boundBy(ofOneEpisode) }
  const settled = (state: Checked['state'], at = overall): Checked => ({ rule, state, ...at, furtherBlocks: null })
  if (!isSteady) return settled(roomIn(rule, overall) >= 0 ? 'holds' : 'fails')
  if (metrics.some(({ combined }) => combined === 'sum')) {
    const sums =
      metrics.length === 1 ? overall : { value: sumOver(measured, blocks), bound: boundBy((each) => sumOver(each, blocks)) }
    return settled(roomIn(rule, sums) >= 0 ? 'holds' : 'fails', sums)
  }
  const each = blocks.map((block): At => ({
    value: valueIn(measured, block),
    bound: boundBy((reference) => valueIn(reference, block)),
  }))
  if (each.length < enoughForInterval) {
    const state = stateOfFew(rule, each, evidence)
    return { ...settled(state), furtherBlocks: state === 'unsettled' ? enoughForInterval - each.length : null }
  }
  const rooms = each.map((at) => roomIn(rule, at))
  const { shift, interval } = hodgesLehmann(rooms)
  if (!interval) throw new Error(`${rooms.length} blocks should carry an interval`)
  if (interval.low >= 0) return settled('holds')
  if (interval.high < 0) return settled('fails')
  const needed = blocksNeeded(shift, sampleStandardDeviation(rooms))
  return { ...settled('unsettled'), furtherBlocks: needed === null ? null : Math.max(1, needed - each.length) }
}

interface At {
  readonly value: number
  readonly bound: number
}

/** What is left of a number after rounding, as a share of it: 0.3 is at least 3 × 0.1. */
const rounding = 1e-9

/** How far inside the bound a value is: 0 or more holds. */
const roomIn = ({ is }: Rule, { value, bound }: At): number => {
  const room = is === 'at-least' ? value - bound : bound - value
  return Math.abs(room) <= rounding * Math.max(Math.abs(value), Math.abs(bound)) ? 0 : room
}

/** Any of several bounds is enough: the easiest one counts. */
const boundAt = ({ is, bounds }: Rule, references: readonly (number | undefined)[]): number => {
  const values = bounds.map(({ times, of, plus }, index) => (of === undefined ? plus : times * (references[index] ?? NaN) + plus))
  return is === 'at-least' ? Math.min(...values) : Math.max(...values)
}

const valueIn = ({ blocks }: Metric, wanted: number): number => blocks.find(({ block }) => block === wanted)?.value ?? NaN

/** Blocks in which all of them were measured. */
const commonBlocks = ([first, ...others]: readonly Metric[]): number[] =>
  (first?.blocks ?? [])
    .map(({ block }) => block)
    .filter((block) => others.every(({ blocks }) => blocks.some((each) => each.block === block)))

/** Over these blocks; a metric that is no sum keeps its value. */
const sumOver = (metric: Metric, blocks: readonly number[]): number =>
  metric.combined === 'sum' ? sum(blocks.map((block) => valueIn(metric, block))) : metric.value

/** What one episode is compared with: of a sum the share of one episode. */
const ofOneEpisode = ({ combined, value, blocks }: Metric): number => (combined === 'sum' ? value / blocks.length : value)

/** With fewer than 6 blocks there is no interval: the blocks have to agree, or to be clear of the noise. */
const stateOfFew = (rule: Rule, blocks: readonly At[], evidence: Evidence): 'holds' | 'fails' | 'unsettled' => {
  const spread = evidence.spread?.[rule.metric]
  const isMissing = !spread && evidence.control[rule.metric] !== undefined // control has it, and not one pair of trials
  const isRatio = typeof spread?.ratio === 'number' && blocks.every(({ value, bound }) => value > 0 && bound > 0)
  const rooms = blocks.map((at) =>
    isRatio ? Math.sign(roomIn(rule, at)) * Math.abs(Math.log(at.value / at.bound)) : roomIn(rule, at),
  )
  const noise = (isRatio ? spread.ratio : spread?.value) ?? 0
  const middle = median(rooms)
  const isClear = rooms.length > 2 && Math.abs(middle) >= noise
  if (rooms.every((room) => room < 0) || (isClear && middle < 0)) return isMissing ? 'unsettled' : 'fails'
  const isInside = rooms.every((room) => room >= 0) || (isClear && middle > 0)
  return isInside && !isMissing && isDistinct(rule, evidence) ? 'holds' : 'unsettled'
}

/**
 * Whether the arms that the rule says this one differs from are three A/A spreads away from it; a tolerance around an arm claims no
 * difference. As a ratio where that can be: what differs in magnitude differs in noise.
 */
const isDistinct = (rule: Rule, evidence: Evidence): boolean => {
  const own = evidence.own[rule.metric]?.value ?? NaN
  const spread = evidence.spread?.[rule.metric]
  return rule.bounds.every((bound) => {
    const reference = referenceOf(bound, evidence)?.value
    if (reference === undefined || !isOtherArm(bound)) return true
    const beyond = bound.times * reference + bound.plus
    if (rule.is === 'at-least' ? beyond < reference : beyond > reference) return true
    if (typeof spread?.ratio === 'number' && own > 0 && reference > 0)
      return Math.abs(Math.log(own / reference)) >= clearOfSpread * spread.ratio
    return Math.abs(own - reference) >= clearOfSpread * (spread?.value ?? 0)
  })
}

const isOtherArm = ({ of }: Bound): boolean => of?.includes('.') ?? false

const referenceOf = ({ of }: Bound, evidence: Evidence): Metric | undefined => {
  if (of === undefined) return undefined
  const [first = '', second] = of.split('.')
  if (second === undefined) return evidence.own[first]
  return (first === 'control' ? evidence.control : evidence.incident)[second]
}

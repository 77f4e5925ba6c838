// Whether rules hold: metrics against bounds made of numbers and other metrics, block by block.
import { sampleStandardDeviation } from 'simple-statistics'
import type { Bound, Rule } from '../model/rule.ts'
import type { Metric, ScenarioRun } from '../model/run.ts'
import { blocksNeeded, enoughForInterval } from '../stats/blocks-needed.ts'
import { clearOfSpread } from '../stats/compare.ts'
import { hodgesLehmann } from '../stats/hodges-lehmann.ts'
import type { Held } from './sentence.ts'

type Metrics = Readonly<Record<string, Metric>>

/** What a rule is held against: the judged arm's metrics, those it is compared with, and the A/A spread. */
export interface Evidence {
  readonly own: Metrics
  readonly control: Metrics
  readonly incident: Metrics
  readonly spread: ScenarioRun['spread']
}

/** Each rule with what was measured of it: whether it holds, fails, is not settled, or could not be looked at. */
export const hold = (rules: readonly Rule[], evidence: Evidence): Held[] => rules.map((rule) => holdOne(rule, evidence))

const holdOne = (rule: Rule, evidence: Evidence): Held => {
  const measured = evidence.own[rule.metric]
  const bounds = rule.bounds.map((bound) => boundAt(bound, evidence)).filter((bound) => bound !== undefined)
  if (!measured || bounds.length < rule.bounds.length)
    return { rule, state: 'missing', value: measured?.value, bound: undefined, unit: measured?.unit ?? '' }
  /** How far inside the easiest of the bounds a value is: 0 or more holds. */
  const room = (value: number, block?: number): number =>
    Math.max(...bounds.map((at) => (rule.is === 'at-least' ? value - at(block) : at(block) - value)))
  const values = bounds.map((at) => at())
  const bound = rule.is === 'at-least' ? Math.min(...values) : Math.max(...values)
  const said = { rule, value: measured.value, bound, unit: measured.unit }
  const compared = Math.min(
    measured.blocks.length,
    ...rule.bounds.map((each) => referenceOf(each, evidence)?.blocks.length ?? Infinity),
  )
  if (compared < enoughForInterval) {
    if (room(measured.value) < 0) return { ...said, state: 'fails' }
    const dwarfed = smallestClaim(rule, evidence) >= clearOfSpread * (evidence.spread[rule.metric]?.value ?? 0)
    return dwarfed ? { ...said, state: 'holds' } : { ...said, state: 'unsettled', furtherBlocks: enoughForInterval - compared }
  }
  const rooms = measured.blocks.slice(0, compared).map(room)
  const { shift, interval } = hodgesLehmann(rooms)
  if (!interval) throw new Error(`${rooms.length} blocks should carry an interval`)
  if (interval.low >= 0) return { ...said, state: 'holds' }
  if (interval.high < 0) return { ...said, state: 'fails' }
  const needed = blocksNeeded(shift, sampleStandardDeviation(rooms))
  return { ...said, state: 'unsettled', furtherBlocks: needed === null ? null : Math.max(1, needed - compared) }
}

/** The smallest distance to an arm that the rule says this one differs from; a tolerance around an arm claims none. */
const smallestClaim = (rule: Rule, evidence: Evidence): number =>
  Math.min(
    ...rule.bounds.map((bound) => {
      const reference = referenceOf(bound, evidence)
      const value = evidence.own[rule.metric]?.value
      if (!reference || value === undefined || !isOtherArm(bound)) return Infinity
      const beyond = boundAt(bound, evidence)?.() ?? 0
      const claims = rule.is === 'at-least' ? beyond >= reference.value : beyond <= reference.value
      return claims ? Math.abs(value - reference.value) : Infinity
    }),
  )

const isOtherArm = ({ of }: Bound): boolean => of?.includes('.') ?? false

const referenceOf = ({ of }: Bound, evidence: Evidence): Metric | undefined => {
  if (of === undefined) return undefined
  const [first = '', second] = of.split('.')
  return second === undefined ? evidence.own[first] : evidence[first as 'control' | 'incident'][second]
}

/** The bound's value: in one block, or over all of them; undefined when what it refers to was not measured. */
const boundAt = (bound: Bound, evidence: Evidence): ((block?: number) => number) | undefined => {
  if (bound.of === undefined) return () => bound.plus
  const reference = referenceOf(bound, evidence)
  return (
    reference &&
    ((block) => bound.times * (block === undefined ? reference.value : (reference.blocks[block] ?? NaN)) + bound.plus)
  )
}

// Whether rules hold: metrics against bounds made of numbers and other metrics, block by block.
import { sampleStandardDeviation, sum } from 'simple-statistics'
import type { Rule } from '../model/rule.ts'
import type { CheckedRule, Metric } from '../model/run.ts'
import { quietHost } from '../model/trial.ts'
import { blocksNeeded } from '../stats/blocks-needed.ts'
import { hodgesLehmann } from '../stats/hodges-lehmann.ts'
import { fewestBlocks } from '../stats/signed-rank.ts'
import { isCutOffIn } from '../timeline/cut-off.ts'
import { gapOf, isWithoutReply, referredTo } from './evidence.ts'
import type { Evidence } from './evidence.ts'
import { noiseOf, stateOfFew } from './few-blocks.ts'
import type { OfBlocks } from './few-blocks.ts'
import { areRatios, boundAt, logMarginIn, marginIn } from './margin.ts'
import type { At, AtBlock } from './margin.ts'

export type Checked = Omit<CheckedRule, 'of'>

/**
 * A rule with its measurements.
 * - A value that one valid trial lacks makes the rule missing, never a pass. But without any reply, a latency that must
 *   be low fails.
 * - Sums are judged as sums, and an episode by itself: it holds, or it fails unless a busy host explains it (`wouldHoldOnQuietHost`).
 * - With enough blocks for an exact interval at the level of its arm it holds (fails) if that of its margin says so (Hodges and Lehmann).
 * - With fewer, though its design has enough, too many trials were invalid, or the run ended early: it is unsettled.
 * - With fewer by design it holds (fails) when the blocks agree and are clear of the noise (`stateOfFew`).
 * - In between, within the noise, it is unsettled.
 */
export const check = (rule: Rule, evidence: Evidence): Checked => {
  const open = { rule, value: evidence.own.metrics[rule.metric]?.value ?? null, bound: null, furtherBlocks: null }
  const gap = gapOf(rule, evidence)
  if (gap && isWithoutReply(rule, gap, evidence)) return { ...open, state: 'fails', because: 'no-reply', gap }
  const own = evidence.own.metrics[rule.metric]
  if (gap || !own) return { ...open, state: 'missing', gap }
  const references = rule.bounds.map((bound) => referredTo(bound, evidence))
  const metrics = [own, ...references.filter((each) => each !== undefined)]
  const boundBy = (valueOf: (metric: Metric) => number): number =>
    boundAt(
      rule,
      references.map((each) => each && valueOf(each)),
    )
  const decideAt = (at: At): Checked => ({ ...open, ...at, state: marginIn(rule, at) >= 0 ? 'holds' : 'fails' })
  if (evidence.spread === null) {
    const at: At = { value: own.value, bound: boundBy(ofOneEpisode) }
    const decided = { ...decideAt(at), ...cutOff(rule, evidence) }
    const mayBeTheHost = decided.state === 'fails' && !decided.isCutOff && wouldHoldOnQuietHost(rule, at, evidence)
    return mayBeTheHost ? { ...decided, state: 'unsettled', because: 'busy-host' } : decided
  }
  const overall: At = { value: own.value, bound: boundBy(({ value }) => value) }
  const blocks = commonBlocks(metrics)
  if (blocks.length === 0) return { ...open, state: 'missing', because: 'no-common-block' }
  if (metrics.some(({ combined }) => combined === 'sum'))
    return decideAt(
      metrics.length === 1 ? overall : { value: sumOver(own, blocks), bound: boundBy((each) => sumOver(each, blocks)) },
    )
  const each = blocks.map((block): AtBlock => ({ block, value: valueIn(own, block), bound: boundBy((of) => valueIn(of, block)) }))
  return { ...open, ...overall, ...decidedBy(rule, each, evidence) }
}

/**
 * Whether a time would be inside its bound if the host had given its whole CPU time to the cluster: on a host that is not quiet it is divided by the
 * slowdown, 1 / (1 - what others took). A time that the end of the episode truncated is longer than its value, so this says nothing of it.
 */
const wouldHoldOnQuietHost = (rule: Rule, { value, bound }: At, { episode, definitions }: Evidence): boolean => {
  if (!episode || rule.is !== 'at-most' || definitions[rule.metric]?.unit !== 's') return false
  const { steal, others } = episode.host
  const isQuiet = steal <= quietHost.hostSteal && others <= quietHost.hostOthers
  return !isQuiet && marginIn(rule, { value: value * (1 - steal - others), bound }) >= 0
}

const cutOff = ({ metric }: Rule, { episode, definitions }: Evidence): Pick<Checked, 'isCutOff'> =>
  episode && isCutOffIn(episode, definitions, metric) ? { isCutOff: true } : {}

/** The blocks decide; the result has the block that a sentence names, and how many are inside the bound. */
const decidedBy = (rule: Rule, each: readonly AtBlock[], evidence: Evidence): Omit<Checked, 'rule' | 'value' | 'bound'> => {
  const margins = each.map((at) => (areRatios(each) ? logMarginIn : marginIn)(rule, at))
  const found =
    stateOfMany(rule, each, margins, evidence) ??
    (evidence.planned >= fewestBlocks(evidence.level) ? lacksBlocks : stateOfFew(rule, each, evidence))
  return {
    ...found,
    furtherBlocks: found.state === 'unsettled' ? further(found, margins, evidence) : null,
    at: toldBlock(rule, each, found.state),
    blocks: { inside: margins.filter((margin) => margin >= 0).length, all: each.length },
  }
}

const lacksBlocks: OfBlocks = { state: 'unsettled', because: 'too-few-blocks', noise: null }

/** Undefined: too few blocks for an interval at this level. */
const stateOfMany = (
  rule: Rule,
  each: readonly AtBlock[],
  margins: readonly number[],
  evidence: Evidence,
): OfBlocks | undefined => {
  const { interval } = hodgesLehmann(margins, 1 - evidence.level)
  if (!interval) return undefined
  const known = noiseOf(rule, each, evidence)
  const noise = known === 'unknown' ? null : known
  if (interval.low >= 0) return { state: 'holds', because: null, noise }
  if (interval.high < 0) return { state: 'fails', because: null, noise }
  return { state: 'unsettled', because: 'blocks-differ', noise }
}

/** How many more blocks would settle it. If the noise is not known, pairs of control are missing. */
const further = ({ because }: OfBlocks, margins: readonly number[], { level }: Evidence): number | null => {
  if (because === 'noise-unknown') return null
  const fewest = fewestBlocks(level)
  if (margins.length < fewest) return fewest - margins.length
  const needed = blocksNeeded(hodgesLehmann(margins).shift, sampleStandardDeviation([...margins]), level)
  return needed === null ? null : Math.max(1, needed - margins.length)
}

/** The block that a sentence names: for a failing rule the one nearest to holding, else the one nearest to failing. */
const toldBlock = (rule: Rule, each: readonly AtBlock[], state: OfBlocks['state']): AtBlock | null => {
  const ordered = each.toSorted((a, b) => marginIn(rule, a) - marginIn(rule, b))
  const allOutside = ordered.every((at) => marginIn(rule, at) < 0)
  return (state === 'fails' || allOutside ? ordered.at(-1) : ordered[0]) ?? null
}

const valueIn = ({ blocks }: Metric, wanted: number): number => blocks.find(({ block }) => block === wanted)?.value ?? NaN

/** Blocks in which all of them were measured. */
const commonBlocks = ([first, ...others]: readonly Metric[]): number[] =>
  (first?.blocks ?? [])
    .map(({ block }) => block)
    .filter((block) => others.every(({ blocks }) => blocks.some((each) => each.block === block)))

/** Combined over these blocks; a metric that is no sum keeps its value. */
const sumOver = (metric: Metric, blocks: readonly number[]): number =>
  metric.combined === 'sum' ? sum(blocks.map((block) => valueIn(metric, block))) : metric.value

/** Reference for one episode: for a sum, the share of one episode. */
const ofOneEpisode = ({ combined, value, blocks }: Metric): number => (combined === 'sum' ? value / blocks.length : value)

// Rules and numbers as a sentence: for a rule decided by blocks, which block, and why it is open.
import { labelOf, unitBeside } from '../model/metric.ts'
import type { MetricDefinitions } from '../model/metric.ts'
import type { Bound } from '../model/rule.ts'
import type { CheckedRule } from '../model/run.ts'
import { printed, printedPair } from './printed.ts'
import { marginIn } from './margin.ts'
import type { At } from './margin.ts'

/**
 * "effective pods 3.00 ≥ 2.70 (0.9 × pods); latency p99 85.00 ms, not ≤ 76.04 ms in block 2, ...". Each comparison is true as it is printed: "A ≤ B",
 * or "A, not ≤ B".
 */
export const sentence = (rules: readonly CheckedRule[], metrics: MetricDefinitions): string =>
  rules.map((each) => clause(each, metrics)).join('; ')

const clause = (checked: CheckedRule, metrics: MetricDefinitions): string => {
  const { rule, value, bound, at } = checked
  if (value === null || bound === null) return absence(checked, metrics)
  const name = labelOf(metrics, rule.metric)
  if (metrics[rule.metric]?.unit === 'yes' && !at) return `${name}: ${yesOrNo(checked, { value, bound })}`
  return `${name} ${at ? byBlocks(checked, { value, bound }, metrics) : relation(checked, { value, bound }, metrics)}`
}

/** "latency p99 in 5 of 6 trials", "first bystander of incident", "latency p99: no reply in 2 of 3 trials" */
const absence = ({ rule, because, gap }: CheckedRule, metrics: MetricDefinitions): string => {
  const name = labelOf(metrics, gap?.metric ?? rule.metric)
  if (because === 'no-common-block') return `${name} in a block of both arms`
  if (!gap) return name
  const { arm, lacking, trials } = gap
  if (because === 'no-reply') return `${name}: no reply in ${lacking} of ${trials} trials`
  const which = lacking < trials ? ` in ${lacking} of ${trials} trials` : ''
  return `${name}${which}${arm === null ? '' : ` of ${arm}`}`
}

/** "3.00 ≥ 2.70 (0.9 × pods)", "446 ms, not ≤ 69.40 ms", "at least 63.20 s (the episode ended first) ≥ 60.00 s" */
const relation = ({ rule, isCutOff, because }: CheckedRule, at: At, metrics: MetricDefinitions): string => {
  const [value, bound] = printedPair(rule, at)
  const unit = unitBeside(metrics, rule.metric)
  const beside = unit === '' ? '' : ` ${unit}`
  const sign = rule.is === 'at-least' ? '≥' : '≤'
  const from = rule.bounds.some((each) => each.of) ? ` (${rule.bounds.map((each) => boundText(each, metrics)).join(' or ')})` : ''
  const [least, ended] = isCutOff ? ['at least ', ' (the episode ended first)'] : ['', '']
  const not = marginIn(rule, at) >= 0 ? '' : ', not'
  const busy = because === 'busy-host' ? ' on a busy host, which may be why' : ''
  return `${least}${value}${beside}${ended}${not} ${sign} ${bound}${beside}${from}${busy}`
}

/** Values over all blocks if every block agrees, else the block that decided, and why others did not. */
const byBlocks = (checked: CheckedRule, overall: At, metrics: MetricDefinitions): string => {
  const { rule, state, at, blocks } = checked
  if (!at || !blocks) return relation(checked, overall, metrics)
  const ofBlock = `${relation(checked, at, metrics)} in block ${at.block + 1}`
  if (state === 'unsettled') return `${ofBlock}${openness(checked, metrics)}`
  const agreeing = state === 'holds' ? blocks.inside : blocks.all - blocks.inside
  const isTypical = marginIn(rule, overall) >= 0 === (state === 'holds')
  if (agreeing === blocks.all) return isTypical ? relation(checked, overall, metrics) : `${ofBlock}, the nearest of ${blocks.all}`
  const odd = blocks.all - agreeing
  const typical = isTypical
    ? `${relation(checked, overall, metrics)}, as `
    : `${state === 'holds' ? 'inside' : 'outside'} its bound `
  return `${typical}in ${agreeing} of ${blocks.all} blocks; ${odd === 1 ? 'one odd block does' : `${odd} odd blocks do`} not decide: ${ofBlock}`
}

/** Why a rule is not settled, with the noise, and what would settle it. */
const openness = (checked: CheckedRule, metrics: MetricDefinitions): string => {
  const { rule, because, blocks, furtherBlocks } = checked
  if (because === 'noise-unknown') return '; the noise is not known: no block has two valid trials of control'
  const further =
    furtherBlocks === null
      ? '; settling it would take too many blocks'
      : `; about ${furtherBlocks} more ${furtherBlocks === 1 ? 'block' : 'blocks'} would settle it`
  if (because === 'too-few-blocks')
    return `; ${blocks?.all ?? 0} valid ${blocks?.all === 1 ? 'block is' : 'blocks are'} too few for an exact interval${further}`
  const noise = noiseText(checked, metrics)
  if (because === 'within-noise') return `, which is within the noise${noise}${further}`
  if (because === 'difference-within-noise') {
    const others = rule.bounds.flatMap(({ of }) => (of?.includes('.') ? [referenceText(of, metrics)] : []))
    return `, but less than 3 times the noise away from ${others.join(' or ')}${noise}${further}`
  }
  return `, inside its bound in ${blocks?.inside ?? 0} of ${blocks?.all ?? 0} blocks${noise}${further}`
}

/** "; control against control differed by 19.00 ms" */
const noiseText = ({ rule, noise }: CheckedRule, metrics: MetricDefinitions): string => {
  if (!noise || noise.size === 0) return ''
  const unit = metrics[rule.metric]?.unit ?? ''
  const beside = unitBeside(metrics, rule.metric)
  const size =
    noise.as === 'log-ratio'
      ? `${digits(Math.expm1(noise.size) * 100)} %`
      : unit === 'ratio'
        ? `${digits(noise.size * 100)} points`
        : `${digits(noise.size)}${beside === '' ? '' : ` ${beside}`}`
  return `; control against control differed by ${size}`
}

/** Never prints a nonzero value as 0. */
const digits = (value: number): string => (Number(printed(value)) === 0 ? String(Number(value.toPrecision(2))) : printed(value))

/** "1.25 × control's latency p99 + 15" */
const boundText = ({ times, of, plus }: Bound, metrics: MetricDefinitions): string => {
  if (of === undefined) return String(plus)
  return `${times === 1 ? '' : `${times} × `}${referenceText(of, metrics)}${plus === 0 ? '' : ` + ${plus}`}`
}

const referenceText = (of: string, metrics: MetricDefinitions): string => {
  const [first = '', name] = of.split('.')
  return name === undefined ? labelOf(metrics, first) : `${first}'s ${labelOf(metrics, name)}`
}

/** "yes", "yes, not no": for values of 0 or 1. */
const yesOrNo = ({ state }: CheckedRule, { value, bound }: At): string => {
  const word = (number: number): string => (number >= 1 ? 'yes' : number <= 0 ? 'no' : 'only in part')
  return state === 'fails' ? `${word(value)}, not ${word(value) === word(bound) ? 'as asked' : word(bound)}` : word(value)
}

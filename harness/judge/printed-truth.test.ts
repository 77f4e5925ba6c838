// Every comparison in a sentence is true as it is printed; where a rule was decided otherwise, the sentence says why.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metric } from '../model/rule.ts'
import type { Bound, Rule } from '../model/rule.ts'
import type { ArmRun, CheckedRule } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import { arms, blocksOfEach, expectations, inBlocks, judgeAll, verdictOf } from '../test/fixtures/hot-pod-case.ts'
import { definitions, trialOf } from '../test/fixtures/trials.ts'
import { judge } from './judge.ts'
import { sentence } from './sentence.ts'

const number = String.raw`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?`
const comparison = new RegExp(
  String.raw`(${number})(?: (?!not\b)[a-zA-Z]+)?(?: \(the episode ended first\))?(, not)? ([≤≥]) (${number})`,
  'g',
)

/** The comparisons of a sentence that are not true as they are printed. */
const lies = (text: string): string[] =>
  [...text.matchAll(comparison)]
    .filter(([, value, not, sign, bound]) => {
      const isTrue = sign === '≥' ? Number(value) >= Number(bound) : Number(value) <= Number(bound)
      return isTrue === (not !== undefined)
    })
    .map(([written]) => written)

/** What a sentence has to say of a rule whose state its printed comparisons alone would not explain; null: they do. */
const missingWords = (rule: CheckedRule): string | null => {
  const text = sentence([rule], definitions)
  const signs = [...text.matchAll(comparison)].map(([, , not]) => not === undefined)
  if (rule.state === 'missing' || rule.because === 'no-reply') return null
  if (rule.state === 'unsettled')
    return /the noise is not known|within the noise|3 times the noise away|inside its bound in \d+ of \d+ blocks/.test(text)
      ? null
      : text
  const allAgree = signs.length > 0 && signs.every((isInside) => isInside === (rule.state === 'holds'))
  return allAgree || /\bodd blocks? do(es)? not decide\b/.test(text) ? null : text
}

/** What the sentences of these arms say that is not true, or leave unexplained. */
const untruths = (judged: Readonly<Record<string, Pick<ArmRun, 'reason' | 'decisions'>>>): string[] =>
  Object.values(judged).flatMap(({ reason, decisions }) => {
    const rules = decisions.flatMap((each) => each.rules)
    return [
      ...lies(reason),
      ...rules.flatMap((each) => lies(sentence([each], definitions))),
      ...rules.flatMap((each) => missingWords(each) ?? []),
    ]
  })

/** Near the bounds of the rules, or just beside them, where rounding and pairing tell lies. */
const latency = fc.oneof(
  fc.double({ min: 30, max: 120, noNaN: true }),
  fc.constantFrom(67, 66.999, 67.001, 67.004999, 52, 99.999, 100.4, 446),
)
const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.95, 0.9499, 0.9501))
const values = (each: fc.Arbitrary<number>, count: number) => fc.array(each, { minLength: count, maxLength: count })

const boundsOfArms: readonly Bound[] = [
  { times: 1.25, of: 'control.latency_p99', plus: 0 },
  { times: 0.9, of: 'pods', plus: 0 },
  { times: 0.9, of: 'incident.top_share', plus: 0 },
  { times: 1, of: 'control.top_share', plus: 0.15 },
  { times: 3, of: 'top_share', plus: 0 },
]
const bound = fc.oneof(fc.double({ min: 0, max: 120, noNaN: true }), fc.constantFrom(...boundsOfArms))
const metricName = fc.constantFrom('latency_p99', 'top_share', 'effective_pods', 'failed_requests')
const rule: fc.Arbitrary<Rule> = fc
  .tuple(metricName, fc.boolean(), fc.array(bound, { minLength: 1, maxLength: 2 }))
  .map(([name, isLeast, bounds]) => (isLeast ? metric(name).atLeast(...bounds) : metric(name).atMost(...bounds)))

const steadyRun = fc.integer({ min: 2, max: 13 }).chain((blocks) =>
  fc.record({
    blocks: fc.constant(blocks),
    p99: fc.array(values(latency, blocks), { minLength: 3, maxLength: 3 }),
    top: fc.array(values(share, blocks), { minLength: 3, maxLength: 3 }),
    again: fc.option(values(latency, blocks)),
    gap: fc.boolean(),
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
  }),
)

test('of steady load: every printed comparison is true, or the sentence says why the rule was decided otherwise', () => {
  fc.assert(
    fc.property(steadyRun, ({ blocks, p99, top, again, gap, rules }) => {
      const changed = ['control', 'incident', 'l7-proxy'].flatMap((arm, which) =>
        Array.from({ length: blocks }, (_, block): Trial => {
          const [latency_p99 = 0, top_share = 0] = [p99[which]?.[block], top[which]?.[block]]
          const trial = trialOf(arm, { latency_p99, top_share, failed_requests: block % 3 }, { block })
          if (!gap || block > 0 || arm !== 'l7-proxy') return trial
          const { latency_p99: _unmeasured, ...metrics } = trial.metrics
          return { ...trial, metrics }
        }),
      )
      const second = again ? inBlocks('control', 'latency_p99', again, { replica: 1 }) : []
      const [first, ...more] = rules
      if (!first) return
      const expected = { ...expectations, fixed: [first, ...more], mitigated: more.length > 0 ? more : [first] }
      const few = arms.slice(0, 3)
      expect(untruths(judgeAll([...changed, ...second], { arms: few, expect: expected }))).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('of episodes: so is every one', () => {
  const trials = fc.array(fc.record({ latency_p99: latency, top_share: share }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(trials, trials, fc.array(rule, { minLength: 1, maxLength: 3 }), (own, incident, rules) => {
      const [first, ...more] = rules
      if (!first) return
      const episodes = (arm: string, each: typeof own): Trial[] => each.map((metrics, block) => trialOf(arm, metrics, { block }))
      const rest = arms.filter(({ name }) => name !== 'l7-proxy' && name !== 'incident').map(({ name }) => trialOf(name))
      const expected = { ...expectations, reproduced: [first], fixed: [first, ...more] }
      const judged = judge({
        kind: 'episode',
        arms,
        expect: expected,
        metrics: definitions,
        trials: [...rest, ...episodes('l7-proxy', own), ...episodes('incident', incident)],
        seed: 1,
        levelAfter: () => 0.05,
      }).arms
      expect(untruths(judged)).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('paired blocks may hold while the values over all blocks do not compare: the sentence names the block that decided', () => {
  const control = inBlocks('control', 'latency_p99', [40, 100])
  const again = inBlocks('control', 'latency_p99', [40.1, 100.1], { replica: 1 })
  const fix = inBlocks('l7-proxy', 'latency_p99', [54, 124])
  const judged = judgeAll([...blocksOfEach(2, ...control, ...fix), ...again])['l7-proxy']
  expect(judged).toMatchObject({ verdict: 'fixed' })
  expect(judged?.reason).toMatch(/latency p99 54\.00 ms ≤ 55\.00 ms \(.*\) in block 1, the nearest of 2$/)
})

test('no fix reads as 75 ms at most 74: two of three blocks are inside, and the third is named', () => {
  const control = inBlocks('control', 'latency_p99', [40, 60, 200])
  const again = inBlocks('control', 'latency_p99', [40.1, 60.1, 200.1], { replica: 1 })
  const fix = inBlocks('l7-proxy', 'latency_p99', [54, 76, 100])
  expect(judgeAll([...blocksOfEach(3, ...control, ...fix), ...again])['l7-proxy']?.reason).toMatch(
    /latency p99 inside its bound in 2 of 3 blocks; one odd block does not decide: 76\.00 ms, not ≤ 75\.00 ms \(.*\) in block 2$/,
  )
})

test('the sentence of an unsettled rule names the block that is outside, with the noise that left it open', () => {
  const control = inBlocks('control', 'latency_p99', [60, 61, 62])
  const again = inBlocks('control', 'latency_p99', [79, 80, 81], { replica: 1 })
  const fix = inBlocks('l7-proxy', 'latency_p99', [62, 85, 60])
  const judged = judgeAll([...blocksOfEach(3, ...control, ...fix), ...again])['l7-proxy']
  expect(judged).toMatchObject({ verdict: 'inconclusive' })
  expect(judged?.reason).toMatch(
    /latency p99 85\.00 ms, not ≤ 76\.25 ms \(.*\) in block 2, inside its bound in 2 of 3 blocks; control against control differed by 31\.15 %; about 3 more blocks/,
  )
})

test('an odd block that does not decide is named', () => {
  const again = inBlocks('control', 'latency_p99', [52.1, 52.1, 52.1], { replica: 1 })
  const judged = judgeAll([...blocksOfEach(3, ...inBlocks('l7-proxy', 'latency_p99', [52, 53, 90])), ...again])['l7-proxy']
  expect(judged?.reason).toMatch(
    /latency p99 53\.00 ms ≤ 67\.00 ms \(.*\), as in 2 of 3 blocks; one odd block does not decide: 90\.00 ms, not ≤ 67\.00 ms \(.*\) in block 3$/,
  )
})

test('where the usual digits would say the opposite there are more', () => {
  const near = [trialOf('l7-proxy', { latency_p99: 67.001 }), trialOf('l7-proxy', { latency_p99: 67.001 }, { block: 1 })]
  expect(verdictOf('l7-proxy', ...near)?.reason).toContain('latency p99 67.001 ms, not ≤ 67.000 ms')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metric } from '../model/rule.ts'
import type { Trial } from '../model/run.ts'
import type { ArmKind, Verdict } from '../model/verdict.ts'
import { definitions, trialOf } from '../test/fixtures/trials.ts'
import { judge } from './judge.ts'

const arms: Readonly<Record<string, { kind: ArmKind }>> = {
  control: { kind: 'control' },
  incident: { kind: 'incident' },
  'l7-proxy': { kind: 'fix' },
  'max-connection-age': { kind: 'mitigation' },
  'more-replicas': { kind: 'folk' },
}

const expectations = {
  fault: [metric('connected_pods').atMost(1)],
  healthy: [metric('effective_pods').atLeast({ times: 0.8, of: 'pods' })],
  reproduced: [metric('top_share').atLeast(0.95)],
  fixed: [
    metric('effective_pods').atLeast({ times: 0.9, of: 'pods' }),
    metric('latency_p99').atMost({ times: 1.25, of: 'control.latency_p99' }, { of: 'control.latency_p99', plus: 15 }),
  ],
  mitigated: [metric('top_share').atMost({ times: 0.9, of: 'incident.top_share' })],
  worse: [metric('latency_p99').atLeast({ times: 1.5, of: 'incident.latency_p99' })],
}

const twice = (trial: Trial): Trial[] => [trial, { ...trial, block: 1 }]
const others = (arm: string): Trial[] =>
  Object.keys(arms)
    .filter((each) => each !== arm)
    .flatMap((each) => twice(trialOf(each)))
const judgeAll = (trials: readonly Trial[]) =>
  judge({ kind: 'steady', arms, expect: expectations, definitions, trials, seed: 1 }).arms
const verdicts = (trials: readonly Trial[]): Record<string, Verdict> =>
  Object.fromEntries(Object.entries(judgeAll(trials)).map(([arm, { verdict }]) => [arm, verdict]))

/** The verdict of one arm whose trials are these, all others being as recorded. */
const verdictOf = (arm: string, ...trials: Trial[]) => judgeAll([...others(arm), ...trials])[arm]

test('what was recorded is judged as it was', () => {
  expect(verdicts(Object.keys(arms).flatMap((arm) => twice(trialOf(arm))))).toEqual({
    control: 'healthy',
    incident: 'reproduced',
    'l7-proxy': 'fixed',
    'max-connection-age': 'mitigated',
    'more-replicas': 'no-effect',
  })
})

test('a remedy that changes nothing has no effect, whatever it calls itself', () => {
  const unchanged = twice(trialOf('l7-proxy', { ...trialOf('incident').metrics }))
  expect(verdictOf('l7-proxy', ...unchanged)).toMatchObject({
    verdict: 'no-effect',
    reason:
      "effective pods 1.00, not ≥ 2.70 (0.9 × pods); latency p99 446 ms, not ≤ 67.00 ms (1.25 × control's latency p99 or control's latency p99 + 15)",
  })
})

test('even pods do not make a fix when latency does not come back', () => {
  expect(verdictOf('l7-proxy', ...twice(trialOf('l7-proxy', { latency_p99: 200 })))?.verdict).toBe('mitigated')
})

test('a remedy after which all is slower is worse', () => {
  const slower = twice(trialOf('more-replicas', { latency_p99: 900 }))
  expect(verdictOf('more-replicas', ...slower)?.verdict).toBe('worse')
})

test('an incident without the fault is not reproduced, and no remedy is judged', () => {
  const without = [...others('incident'), ...twice(trialOf('incident', { ...trialOf('control').metrics, connected_pods: 3 }))]
  const { control, ...rest } = verdicts(without)
  expect(control).toBe('healthy')
  expect(rest).toEqual({
    incident: 'not-reproduced',
    'l7-proxy': 'inconclusive',
    'max-connection-age': 'inconclusive',
    'more-replicas': 'inconclusive',
  })
  expect(judgeAll(without).incident?.reason).toContain('connected pods 3.00, not ≤ 1.00')
})

test('an effect without the proven fault is not a reproduction', () => {
  expect(verdictOf('incident', ...twice(trialOf('incident', { connected_pods: 3 })))?.verdict).toBe('not-reproduced')
})

test('without a healthy control everything is inconclusive', () => {
  const sick = [...others('control'), ...twice(trialOf('control', { effective_pods: 1 }))]
  expect(new Set(Object.values(verdicts(sick)))).toEqual(new Set(['inconclusive']))
})

test('an overloaded generator makes its arm inconclusive, and says so', () => {
  const late = trialOf('l7-proxy', {}, { invalid: ['the generator sent late'] })
  expect(verdictOf('l7-proxy', ...twice(late))).toMatchObject({
    verdict: 'inconclusive',
    reason: '0 of 2 trials are valid, 2 are needed: the generator sent late',
    metrics: {},
  })
})

test('an invalid trial counts for nothing', () => {
  const wild = trialOf('l7-proxy', { latency_p99: 9999 }, { invalid: ['the generator sent late'] })
  expect(verdictOf('l7-proxy', ...twice(trialOf('l7-proxy')), wild)?.verdict).toBe('fixed')
})

test('one trial alone is never enough', () => {
  expect(verdictOf('l7-proxy', trialOf('l7-proxy'))?.verdict).toBe('inconclusive')
})

test('a metric that was not measured is inconclusive, never a pass', () => {
  const { latency_p99: _unmeasured, ...metrics } = trialOf('l7-proxy').metrics
  const blind = twice(trialOf('l7-proxy', {}, { metrics }))
  expect(verdictOf('l7-proxy', ...blind)).toMatchObject({ verdict: 'inconclusive', reason: 'not measured: latency p99' })
})

test('where one rule fails, another that was not measured changes nothing; where none fails, it does', () => {
  const { top_share: _unmeasured, ...metrics } = trialOf('incident').metrics
  const incident = (changed: Trial['metrics']) =>
    verdictOf('incident', ...twice(trialOf('incident', {}, { metrics: { ...metrics, ...changed } })))
  expect(incident({ connected_pods: 3 })).toMatchObject({
    verdict: 'not-reproduced',
    reason: 'connected pods 3.00, not ≤ 1.00',
  })
  expect(incident({})).toMatchObject({ verdict: 'inconclusive', reason: 'not measured: top share' })
})

test('a fix needs every metric its rules name', () => {
  const needed = ['pods', 'effective_pods', 'latency_p99']
  fc.assert(
    fc.property(fc.subarray(needed, { maxLength: needed.length - 1 }), (kept) => {
      const metrics = Object.fromEntries(kept.map((name) => [name, trialOf('l7-proxy').metrics[name] ?? 0]))
      expect(verdictOf('l7-proxy', ...twice(trialOf('l7-proxy', {}, { metrics })))?.verdict).toBe('inconclusive')
    }),
  )
})

/** Six blocks of an arm with these values of a metric. */
const six = (arm: string, name: string, values: readonly number[], rest: Partial<Trial> = {}): Trial[] =>
  values.map((value, block) => trialOf(arm, { [name]: value }, { block, ...rest }))
const sixOfEach = (...changed: readonly Trial[]): Trial[] => {
  const same = Object.keys(arms).filter((arm) => !changed.some((trial) => trial.arm === arm && !trial.again))
  return [...same.flatMap((arm) => Array.from({ length: 6 }, (_, block) => trialOf(arm, {}, { block }))), ...changed]
}

test('with six blocks a rule holds when the interval of the room it leaves does', () => {
  const near = six('l7-proxy', 'latency_p99', [50, 52, 54, 56, 58, 60]) // tolerance ends at 67 ms
  expect(judgeAll(sixOfEach(...near))['l7-proxy']?.verdict).toBe('fixed')
})

test('with six blocks a rule that holds in some of them is not settled, and the reason says how many more would settle it', () => {
  const wild = six('l7-proxy', 'latency_p99', [40, 42, 45, 48, 60, 90])
  expect(judgeAll(sixOfEach(...wild))['l7-proxy']).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringMatching(/^whether it is fixed is not settled: latency p99 .*, perhaps not ≤ .*; about \d+ more blocks/),
  })
})

test('with two blocks a difference smaller than three times that of control with control is not settled', () => {
  const again = [0, 1].map((block) => trialOf('control', { top_share: 0.55 }, { block, again: true }))
  const judged = judgeAll([...others(''), ...again])
  expect(judged['max-connection-age']).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringContaining('4 more blocks'),
  })
  expect(judged['l7-proxy']?.verdict, 'a rule that claims no difference is not touched by it').toBe('fixed')
})

test("control's second trials are its A/A spread and nothing else", () => {
  const again = [0, 1].map((block) => trialOf('control', { latency_p99: 55 + block }, { block, again: true }))
  const { arms: judged, spread } = judge({
    kind: 'steady',
    arms,
    expect: expectations,
    definitions,
    trials: [...others(''), ...again],
    seed: 1,
  })
  expect(spread.latency_p99).toEqual({ value: 3.5, unit: 'ms', n: 2 })
  expect(judged.control?.metrics.latency_p99?.blocks).toEqual([52, 52])
})

test('metrics that say what is better are compared with control and with the incident, block by block', () => {
  const again = Array.from({ length: 6 }, (_, block) => trialOf('control', { latency_p99: 53 }, { block, again: true }))
  const slower = six('more-replicas', 'latency_p99', [440, 442, 445, 446, 450, 451])
  const compared = judge({
    kind: 'steady',
    arms,
    expect: expectations,
    definitions: { ...definitions, latency_p99: { unit: 'ms', combined: 'median', observation: 'request', better: 'lower' } },
    trials: [...sixOfEach(...slower), ...again],
    seed: 1,
  }).arms['more-replicas']?.comparisons
  expect(compared).toMatchObject([
    { metric: 'latency_p99', with: 'control', answer: 'regressed', n: 6 },
    { metric: 'latency_p99', with: 'incident', answer: 'equivalent', n: 6 },
  ])
})

const tradeOff = (latency: number) =>
  judge({
    kind: 'steady',
    arms: { control: { kind: 'control' }, incident: { kind: 'incident' }, neighbour: { kind: 'trade-off' } },
    expect: { ...expectations, harmed: [metric('latency_p99').atLeast({ times: 2, of: 'control.latency_p99' })] },
    definitions,
    trials: ['control', 'incident', 'neighbour'].flatMap((arm) =>
      twice(trialOf(arm, arm === 'neighbour' ? { ...trialOf('control').metrics, latency_p99: latency } : {})),
    ),
    seed: 1,
  }).arms.neighbour?.verdict

test('a trade-off is judged against control alone: harmed, or unharmed', () => {
  expect(tradeOff(120)).toBe('harmed')
  expect(tradeOff(60)).toBe('unharmed')
})

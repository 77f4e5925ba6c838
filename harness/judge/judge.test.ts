import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metric } from '../model/rule.ts'
import type { Trial } from '../model/trial.ts'
import type { Verdict } from '../model/verdict.ts'
import {
  arms,
  blocksOfEach,
  expectations,
  inBlocks,
  judgeAll,
  judgeCase,
  names,
  others,
  twice,
  verdictOf,
} from '../test/fixtures/hot-pod-case.ts'
import { trialOf } from '../test/fixtures/trials.ts'

const verdicts = (trials: readonly Trial[]): Record<string, Verdict> =>
  Object.fromEntries(Object.entries(judgeAll(trials)).map(([arm, { verdict }]) => [arm, verdict]))

test('what was recorded is judged as it was', () => {
  expect(verdicts(others(''))).toEqual({
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
  expect(verdictOf('l7-proxy', ...twice(trialOf('l7-proxy', { latency_p99: 200 })))).toMatchObject({
    verdict: 'mitigated',
    reason: expect.stringMatching(/^top share .*; not fixed: latency p99 200 ms, not ≤ [^;]*$/),
  })
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

const sixOfEach = (...changed: readonly Trial[]): Trial[] => blocksOfEach(6, ...changed)

test('with six blocks a rule holds when the interval of the room it leaves does', () => {
  const near = inBlocks('l7-proxy', 'latency_p99', [50, 52, 54, 56, 58, 60]) // tolerance ends at 67 ms
  expect(judgeAll(sixOfEach(...near))['l7-proxy']?.verdict).toBe('fixed')
})

test('with six blocks a rule that holds in some of them is not settled, and the reason says how many more would settle it', () => {
  const wild = inBlocks('l7-proxy', 'latency_p99', [40, 42, 45, 48, 60, 90])
  expect(judgeAll(sixOfEach(...wild))['l7-proxy']).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringMatching(
      /^cannot tell whether it is fixed: latency p99 90.00 ms, not ≤ .* in block 6, inside its bound in 5 of 6 blocks; about \d+ more/,
    ),
  })
})

/** Two blocks of every arm; `again`: control's second trials have these values of a metric. */
const spreadBy = (metricName: string, again: readonly number[]): Trial[] => [
  ...names.flatMap((each) => twice(trialOf(each))),
  ...again.map((value, block) => trialOf('control', { [metricName]: value }, { block, replica: 1 })),
]

test('with two blocks a difference smaller than three times that of control with control is not settled', () => {
  const judged = judgeAll(spreadBy('top_share', [0.5, 0.52]))
  expect(judged['max-connection-age']).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringContaining('4 more blocks'),
  })
  expect(judged['l7-proxy']?.verdict, 'a rule that claims no difference is not touched by it').toBe('fixed')
})

test("control's second trials are its A/A spread and nothing else", () => {
  const { arms: judged, spread } = judgeCase(spreadBy('latency_p99', [55, 56]))
  expect(spread.latency_p99).toEqual({ value: 3.5, unit: 'ms', ratio: expect.closeTo(0.0651, 3) as number, n: 2 })
  expect(judged.control?.metrics.latency_p99?.blocks.map(({ value }) => value)).toEqual([52, 52])
})

const tradeOff = (latency: number) =>
  judgeAll(
    [
      ...others('').filter(({ arm }) => arm === 'control' || arm === 'incident'),
      ...twice(trialOf('neighbour', { ...trialOf('control').metrics, latency_p99: latency })),
    ],
    {
      arms: [...arms.slice(0, 2), { name: 'neighbour', kind: 'trade-off' }],
      expect: { ...expectations, harmed: [metric('latency_p99').atLeast({ times: 2, of: 'control.latency_p99' })] },
    },
  ).neighbour?.verdict

test('a trade-off is judged against control alone: harmed, or unharmed', () => {
  expect(tradeOff(120)).toBe('harmed')
  expect(tradeOff(60)).toBe('unharmed')
})

test('what was looked at stands beside the verdict, as data: the list a rule is in, its value, its bound', () => {
  const [decision] = judgeAll(others(''))['max-connection-age']?.decisions ?? []
  expect(decision).toMatchObject({ trial: null, verdict: 'mitigated' })
  expect(decision?.rules.map(({ of, rule, state, value, bound }) => [of, rule.metric, state, value, bound])).toEqual([
    ['fixed', 'effective_pods', 'fails', 2.5, 2.7],
    ['fixed', 'latency_p99', 'fails', 430, 67],
    ['mitigated', 'top_share', 'holds', 0.5, 0.9],
  ])
})

// What an independent check of the statistics found, each with the smallest input that shows it.

test('blocks are paired by their number: an identical fix whose block 2 is missing stays fixed', () => {
  const drift = [40, 40, 40, 60, 60, 60]
  const control = inBlocks('control', 'latency_p99', drift)
  const again = inBlocks('control', 'latency_p99', drift, { replica: 1 })
  const kept = (trials: Trial[]): Trial[] => trials.filter(({ block }) => block !== 2)
  const judged = judgeAll([...sixOfEach(...control, ...kept(inBlocks('l7-proxy', 'latency_p99', drift))), ...again])
  expect(judged['l7-proxy']?.verdict).toBe('fixed')
})

test('noise is a share of what it is noise of: at 446 ms a tenth is no difference, where control differs by a tenth of 52 ms', () => {
  const halved = { ...expectations, mitigated: [metric('latency_p99').atMost({ times: 0.95, of: 'incident.latency_p99' })] }
  const doNothing = [415, 410].map((value, block) => trialOf('more-replicas', { latency_p99: value }, { block }))
  const again = [47, 57].map((value, block) => trialOf('control', { latency_p99: value }, { block, replica: 1 }))
  const judged = judgeAll([...others('more-replicas').filter((trial) => trial.replica === 0), ...doNothing, ...again], {
    expect: halved,
  })
  expect(judged['more-replicas']?.verdict).toBe('inconclusive')
})

test('where the design has enough blocks for an exact interval, too few valid ones decide nothing; where it has not, they do', () => {
  const firstInvalid = (invalid: number): Trial[] =>
    sixOfEach().map((trial) =>
      trial.arm === 'l7-proxy' && trial.block < invalid ? { ...trial, invalid: ['the host was busy'] } : trial,
    )
  const again = inBlocks('control', 'latency_p99', [40, 44], { replica: 1 })
  const judged = (invalid: number, planned?: number) => judgeAll([...firstInvalid(invalid), ...again], { planned })['l7-proxy']
  expect(judged(0, 6)?.verdict).toBe('fixed')
  expect(judged(1)?.verdict).toBe('fixed')
  expect(judged(1, 5)?.verdict).toBe('fixed')
  expect(judged(1, 6)).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringContaining('; 5 valid blocks are too few for an exact interval; about 1 more block would settle it'),
  })
})

test('without one pair of control trials nothing is known of the noise, and no rule holds', () => {
  const near = twice(trialOf('max-connection-age', { top_share: 0.89 }))
  const invalid = twice(trialOf('control', {}, { replica: 1, invalid: ['the host was busy'] }))
  const judged = judgeAll([...others('max-connection-age').filter(({ replica }) => replica === 0), ...near, ...invalid])
  expect(judged['max-connection-age']?.verdict).toBe('inconclusive')
})

const noFailures = { ...expectations, healthy: [metric('failed_requests').atMost(10)] }

test('a sum is judged as a sum, with two blocks as with twelve', () => {
  const control = (failures: readonly number[]) =>
    judgeAll(
      [...others('control'), ...failures.map((value, block) => trialOf('control', { failed_requests: value }, { block }))],
      { expect: noFailures },
    ).control?.verdict
  expect(control(Array.from({ length: 12 }, (_, block) => (block === 3 ? 500 : 0)))).toBe('inconclusive')
  expect([control([3, 3, 3, 3, 3]), control([3, 3, 3, 3, 3, 3])]).toEqual(['inconclusive', 'inconclusive'])
  expect([control([3, 3]), control([1, 1, 1, 1, 1, 1])]).toEqual(['healthy', 'healthy'])
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%s was not measured, and is never a pass', (value) => {
  const blind = twice(trialOf('l7-proxy', { latency_p99: value }))
  expect(verdictOf('l7-proxy', ...blind)).toMatchObject({ verdict: 'inconclusive', reason: 'not measured: latency p99' })
})

test('with few blocks a rule that they disagree about is not settled, in neither direction', () => {
  const incident = [446, 446, 60].map((value, block) => trialOf('incident', { latency_p99: value }, { block }))
  const slow = { ...expectations, reproduced: [metric('latency_p99').atLeast({ times: 2, of: 'control.latency_p99' })] }
  const three = (trial: Trial): Trial[] => [0, 1, 2].map((block) => ({ ...trial, block }))
  const all = (again: number) => [
    ...names.filter((name) => name !== 'incident').flatMap((name) => three(trialOf(name))),
    ...three(trialOf('control', { latency_p99: again }, { replica: 1 })),
    ...incident,
  ]
  expect(judgeAll(all(300), { expect: slow }).incident?.verdict, 'the middle is not clear of this noise').toBe('inconclusive')
  expect(judgeAll(all(55), { expect: slow }).incident?.verdict, 'one odd block does not undo two that are clear').toBe(
    'reproduced',
  )
})

test('what rounding leaves is no difference: 0.3 is at least 3 × 0.1', () => {
  const thrice = { ...expectations, healthy: [metric('top_share').atLeast({ times: 3, of: 'latency_p99' })] }
  const control = twice(trialOf('control', { top_share: 0.3, latency_p99: 0.1 }))
  expect(
    judgeAll(
      [
        ...others('control').filter(({ replica }) => replica === 0),
        ...control,
        ...control.map((trial) => ({ ...trial, replica: 1 })),
      ],
      { expect: thrice },
    ).control?.verdict,
  ).toBe('healthy')
})

/** Trials of an arm, spoiled by processes outside the cluster that used these shares. */
const spoiled = (arm: string, shares: readonly number[], rest: Partial<Trial> = {}): Trial[] =>
  shares.map((share, block) => {
    const host = { idle: 0, steal: 0, others: share, throttledPeriods: 0 }
    const invalid = [`processes outside the cluster used ${(share * 100).toFixed(1)} % of the host's CPU time, limit 20.0 %`]
    return trialOf(arm, {}, { block, host, invalid, ...rest })
  })

test('what made the trials of an arm invalid is said once, with its range; the arms that are compared with it refer to it', () => {
  const judged = judgeAll([...others('control'), ...spoiled('control', [0.814, 0.45, 0.633])])
  expect(judged['control']).toMatchObject({
    reason:
      "0 of 3 trials are valid, 2 are needed: processes outside the cluster used 45.0 to 81.4 % of the host's CPU time, limit 20.0 %",
    because: 'busy-host',
  })
  for (const arm of names.slice(1))
    expect(judged[arm]).toMatchObject({
      reason: 'the control is not healthy: 0 of 3 trials are valid, since the machine was busy',
      because: 'busy-host',
    })
})

test('the host is the reason only if the arm would have had enough trials without it', () => {
  const late = { invalid: ['the generator sent late: p99 of its lag 30.2 ms, limit 10 ms'] }
  const oneEach = [...spoiled('l7-proxy', [0.8]), trialOf('l7-proxy', {}, { block: 1, ...late })]
  expect(verdictOf('l7-proxy', ...oneEach)).not.toHaveProperty('because')
  expect(verdictOf('l7-proxy', ...spoiled('l7-proxy', [0.8]), trialOf('l7-proxy', {}, { block: 1 }))?.because).toBe('busy-host')
  expect(
    judgeAll([...others('l7-proxy'), ...spoiled('l7-proxy', [0.3, 0.3])], { limits: { hostSteal: 0.1, hostOthers: 0.35 } })[
      'l7-proxy'
    ],
  ).not.toHaveProperty('because')
})

test('an arm with a verdict was not spoiled, nor one whose control has none by its own rules', () => {
  expect(verdictOf('l7-proxy', ...twice(trialOf('l7-proxy')), ...spoiled('l7-proxy', [0.8]))).not.toHaveProperty('because')
  const sick = twice(trialOf('control', { effective_pods: 1 }))
  const judged = judgeAll([
    ...others('control').filter(({ arm }) => arm !== 'l7-proxy'),
    ...sick,
    ...spoiled('l7-proxy', [0.8, 0.8]),
  ])
  expect(judged['l7-proxy']?.reason).toMatch(
    /^the control is not healthy: cannot tell whether it is healthy: effective pods 1.00/,
  )
  expect(judged['l7-proxy']).not.toHaveProperty('because')
})

test('where other work spoiled every second trial of control, it is why the noise is not known', () => {
  const judged = judgeAll([
    ...others('incident').filter(({ replica }) => replica === 0),
    ...twice(trialOf('incident')),
    ...spoiled('control', [0.8, 0.8], { replica: 1 }),
  ])
  expect(judged['l7-proxy']).toMatchObject({
    verdict: 'inconclusive',
    because: 'busy-host',
    reason: expect.stringMatching(
      /^the control is not healthy: cannot tell .* no block has two valid trials of control$/,
    ) as unknown,
  })
})

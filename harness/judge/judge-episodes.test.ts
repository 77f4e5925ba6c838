import { expect, test } from 'vitest'
import { metric } from '../model/rule.ts'
import type { Expectations } from '../model/rule.ts'
import type { HostUse, Trial } from '../model/trial.ts'
import type { ArmKind } from '../model/arm-kind.ts'
import type { MetricDefinition, MetricDefinitions } from '../model/metric.ts'
import { clopperPearson } from '../stats/clopper-pearson.ts'
import { trialOf } from '../test/fixtures/trials.ts'
import { judge } from './judge.ts'

const arms: readonly { readonly name: string; readonly kind: ArmKind }[] = [
  { name: 'control', kind: 'control' },
  { name: 'incident', kind: 'incident' },
  { name: 'limit', kind: 'fix' },
  { name: 'empty-dir', kind: 'variant' },
]

const expectations: Expectations = {
  fault: [metric('node_pressure').atLeast(1)],
  healthy: [metric('client_down_s').atMost(0)],
  reproduced: [metric('bystanders_evicted_first').atLeast(1)],
  fixed: [metric('client_down_s').atMost(0)],
  observed: [metric('observed_s').atLeast({ times: 2, of: 'incident.first_bystander_evicted_s' })],
  mitigated: [metric('client_down_s').atMost({ times: 0.5, of: 'incident.client_down_s' })],
  worse: [metric('client_down_s').atLeast({ times: 1.5, of: 'incident.client_down_s' })],
}

const seconds = (label: string, unit = 's'): MetricDefinition => ({ label, unit, combined: 'median', observation: 'trial' })
const definitions: MetricDefinitions = {
  client_down_s: seconds('client down'),
  observed_s: seconds('observed'),
  first_bystander_evicted_s: seconds('first bystander'),
  bystanders_evicted_first: seconds('bystanders before culprit', 'pods'),
  node_pressure: seconds('node pressure', 'yes'),
}

const calm = { client_down_s: 0, observed_s: 68, bystanders_evicted_first: 0, node_pressure: 0 }
const pressed = {
  client_down_s: 18,
  observed_s: 42,
  first_bystander_evicted_s: 24,
  bystanders_evicted_first: 3,
  node_pressure: 1,
}
const usual: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  control: calm,
  incident: pressed,
  limit: calm,
  'empty-dir': { ...pressed, bystanders_evicted_first: 0 },
}

const episode = (arm: string, changed: Readonly<Record<string, number>> = {}, rest: Partial<Trial> = {}): Trial =>
  trialOf(arm, {}, { metrics: { ...usual[arm], ...changed }, ...rest })

const judgedCase = { kind: 'episode', arms, expect: expectations, metrics: definitions, seed: 1, levelAfter: () => 1 } as const

/** What becomes of an arm with these episodes; of each other arm there is a usual one. */
const judged = (arm: string, ...episodes: readonly Trial[]) => {
  const others = arms.map(({ name }) => name).filter((each) => each !== arm)
  const trials = [...others.map((each) => episode(each)), ...episodes]
  return judge({ ...judgedCase, trials }).arms
}
const inBlocks = (...episodes: readonly Trial[]): Trial[] => episodes.map((each, block) => ({ ...each, block }))

test('one valid episode of each arm is enough', () => {
  const verdicts = Object.entries(judged('control', episode('control'))).map(([arm, { verdict }]) => [arm, verdict])
  expect(Object.fromEntries(verdicts)).toEqual({
    control: 'healthy',
    incident: 'reproduced',
    limit: 'fixed',
    'empty-dir': 'not-reproduced',
  })
})

test('no valid episode is not enough, and the reason says what was wrong with those there were', () => {
  const disturbed = episode('limit', {}, { invalid: ['the host was busy'] })
  expect(judged('limit', disturbed).limit).toMatchObject({
    verdict: 'inconclusive',
    reason: '0 of 1 trials are valid, 1 is needed: the host was busy',
    outcome: null,
  })
})

test('where all episodes have one verdict it is that of the arm, with the interval of the share they may be', () => {
  const { limit } = judged('limit', ...inBlocks(episode('limit'), episode('limit'), episode('limit')))
  expect(limit).toMatchObject({ verdict: 'fixed', outcome: { k: 3, n: 3, interval: clopperPearson(3, 3) } })
  expect(limit?.outcome?.interval.low).toBeCloseTo(0.29, 2)
})

test('episodes that disagree are inconclusive, and the reason says how many had which verdict and why', () => {
  const broken = episode('limit', { client_down_s: 18 })
  const { limit } = judged('limit', ...inBlocks(episode('limit'), broken, episode('limit')))
  expect(limit?.verdict).toBe('inconclusive')
  expect(limit?.outcome).toBeNull()
  expect(limit?.reason).toMatch(
    /^fixed in 2 of 3 episodes \(episode 1: client down 0\.00 s ≤ 0\.00 s; .*\); no-effect in 1 of 3 episodes \(episode 2: client down 18\.00 s, not ≤/,
  )
})

test('a time that is too long on a busy host, but not for a host that is as much slower, settles nothing', () => {
  const fixed = [metric('client_down_s').atMost(15)]
  const verdictOf = (downSeconds: number, host: Partial<HostUse>) => {
    const limit = episode('limit', { client_down_s: downSeconds }, { host: { ...episode('limit').host, ...host } })
    const trials = [...['control', 'incident', 'empty-dir'].map((each) => episode(each)), limit]
    return judge({ ...judgedCase, expect: { ...expectations, fixed, mitigated: [] }, trials }).arms.limit
  }
  const busy = { steal: 0.2, others: 0.2 }
  expect(verdictOf(20, busy)).toMatchObject({
    verdict: 'inconclusive',
    reason: 'cannot tell whether it is fixed: client down 20.00 s, not ≤ 15.00 s on a busy host, which may be why',
  })
  expect([verdictOf(30, busy)?.verdict, verdictOf(14, busy)?.verdict]).toEqual(['mitigated', 'fixed'])
  expect(verdictOf(16, { steal: 0.08, others: 0.1 })?.verdict).toBe('mitigated')
})

test('a difference is not outvoted by the median: one failure in five is no fix', () => {
  const five = inBlocks(...[0, 0, 0, 0, 60].map((down) => episode('limit', { client_down_s: down })))
  expect(judged('limit', ...five).limit?.metrics.client_down_s?.value).toBe(0)
  expect(judged('limit', ...five).limit?.verdict).toBe('inconclusive')
})

test('invalid episodes count neither for the verdict nor among the outcomes', () => {
  const invalid = episode('limit', { client_down_s: 60 }, { invalid: ['the host was busy'] })
  expect(judged('limit', ...inBlocks(episode('limit'), invalid, episode('limit'))).limit).toMatchObject({
    verdict: 'fixed',
    outcome: { k: 2, n: 2 },
  })
})

test('an incident that comes only sometimes is not reproduced for certain, and no remedy is judged', () => {
  const result = judged('incident', ...inBlocks(episode('incident'), episode('incident', { bystanders_evicted_first: 0 })))
  expect(result.incident?.reason).toMatch(/^reproduced in 1 of 2 episodes .*; not-reproduced in 1 of 2 episodes/)
  expect(result.limit).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringMatching(/^the incident was not reproduced: /),
  })
})

test('a control that is not healthy in one of its episodes leaves everything inconclusive', () => {
  const result = judged('control', ...inBlocks(episode('control'), episode('control', { client_down_s: 3 })))
  expect(new Set(Object.values(result).map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']))
  expect(result.incident?.reason).toMatch(/^the control is not healthy: healthy in 1 of 2 episodes/)
})

test('a variant is reproduced or not by the rules of the incident, also where the incident was not', () => {
  expect(judged('empty-dir', episode('empty-dir', pressed))['empty-dir']?.verdict).toBe('reproduced')
  expect(judged('empty-dir', episode('empty-dir', { ...pressed, node_pressure: 0 }))['empty-dir']).toMatchObject({
    verdict: 'not-reproduced',
    reason: 'node pressure: no, not yes',
  })
  const without = judged('incident', episode('incident', { bystanders_evicted_first: 0 }))
  expect([without.incident?.verdict, without['empty-dir']?.verdict]).toEqual(['not-reproduced', 'not-reproduced'])
})

test("a rule that refers to the incident is compared with the median of the incident's valid episodes", () => {
  const incident = (firstBystander: number, rest: Partial<Trial> = {}) =>
    episode('incident', { first_bystander_evicted_s: firstBystander }, rest)
  const judgedAgainst = (...episodes: readonly Trial[]) => judged('incident', ...inBlocks(...episodes)).limit
  expect(judgedAgainst(incident(20), incident(24), incident(90))?.reason).toContain(
    "observed 68.00 s ≥ 48.00 s (2 × incident's first bystander)",
  )
  const disturbed = incident(90, { invalid: ['the host was busy'] })
  expect(judgedAgainst(incident(24), disturbed, disturbed)?.verdict).toBe('fixed')
})

test('an arm that is calm for too short a time is inconclusive, neither fixed nor mitigated; one with damage is judged by the damage', () => {
  const late = [33, 35, 36].map((first) => episode('incident', { first_bystander_evicted_s: first }))
  const judgedAgainstLate = (limit: Trial) =>
    judge({ ...judgedCase, trials: [episode('control'), ...inBlocks(...late), limit] }).arms.limit
  expect(judgedAgainstLate(episode('limit'))).toMatchObject({
    verdict: 'inconclusive',
    reason: "observed for too short a time to call it fixed: observed 68.00 s, not ≥ 70.00 s (2 × incident's first bystander)",
  })
  expect(judgedAgainstLate(episode('limit', { client_down_s: 5 }))?.verdict).toBe('mitigated')
  expect(judgedAgainstLate(episode('limit', { client_down_s: 18 }))?.verdict).toBe('no-effect')
})

test('a rule that refers to what the incident did not yield is inconclusive, never a pass', () => {
  const { first_bystander_evicted_s: _never, ...metrics } = pressed
  expect(judged('incident', trialOf('incident', {}, { metrics })).limit).toMatchObject({
    verdict: 'inconclusive',
    reason: 'not measured: first bystander of incident',
  })
})

test('a metric that one episode lacks leaves the arm inconclusive', () => {
  const { client_down_s: _unmeasured, ...metrics } = calm
  const { limit } = judged('limit', ...inBlocks(episode('limit'), trialOf('limit', {}, { metrics })))
  expect(limit).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('not measured: client down') })
})

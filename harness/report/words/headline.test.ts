// Headlines follow from the verdicts of the run.
import { expect, it } from 'vitest'
import type { ScenarioRun } from '../../model/run.ts'
import { episodeRun } from '../fixtures/episode-run.ts'
import { exampleRun } from '../fixtures/example-run.ts'
import { throttlingRun } from '../fixtures/throttling-run.ts'
import { headline, subline } from './headline.ts'

const example = (change: (scenario: ScenarioRun) => ScenarioRun = (scenario) => scenario): ScenarioRun => {
  const [scenario] = exampleRun().scenarios
  if (scenario === undefined) throw new Error('the example has a scenario')
  return change(scenario)
}

const judged =
  (verdicts: Record<string, ScenarioRun['verdict']>) =>
  (scenario: ScenarioRun): ScenarioRun => ({
    ...scenario,
    verdict: verdicts['incident'] ?? scenario.verdict,
    arms: scenario.arms.map((arm) => ({ ...arm, verdict: verdicts[arm.name] ?? arm.verdict })),
  })

const spaced = (text: string): string => text.replaceAll('\u00a0', ' ')

it('tells what happened and which remedies fix it', () => {
  expect(spaced(headline(example()))).toBe(
    'Reproduced: one of 3 pods answered 100 % of the requests. l7-proxy and client-side fix it.',
  )
  expect(subline(example())).toBe('max-connection-age only makes it milder; more-replicas changes nothing.')
})

it('claims no fix that was not measured', () => {
  const scenario = example(judged({ 'l7-proxy': 'worse', 'client-side': 'inconclusive' }))
  expect(headline(scenario)).not.toContain('fix')
  expect(subline(scenario)).toContain('l7-proxy makes it worse; client-side got no answer')
})

it('says what the busiest pod did when the incident did not happen', () => {
  expect(spaced(headline(example(judged({ incident: 'not-reproduced' }))))).toContain(
    'Not reproduced: the busiest of 3 pods answered',
  )
})

it('gives the reason when there is no answer', () => {
  expect(headline(example(judged({ incident: 'inconclusive' })))).toContain(`Inconclusive: ${example().reason}`)
})

const throttled = (verdicts: Record<string, ScenarioRun['verdict']> = {}): ScenarioRun => {
  const [scenario] = throttlingRun().scenarios
  if (scenario === undefined) throw new Error('the example has a scenario')
  return judged(verdicts)(scenario)
}

it('tells what the repaired system is then harmed by, and what not', () => {
  expect(spaced(headline(throttled()))).toMatch(
    /^Reproduced: stopped in 2\d\.\d % of its periods, with 44\.1 % of its CPU limit used; p99 is 118 ms instead of 38\.9 ms\. remove-limit fixes it; it is then harmed by a greedy neighbour without a limit either \(noisy-neighbour\), but not by the greedy neighbour under a limit of 200m \(noisy-neighbour-limited\)\.$/,
  )
})

const episodic = (slug: string): ScenarioRun => {
  const scenario = episodeRun().scenarios.find((each) => each.slug === slug)
  if (scenario === undefined) throw new Error(`the example has the scenario ${slug}`)
  return scenario
}

it('tells who was evicted, and for how long nobody was served', () => {
  const scenario = episodic('missing-priority-class')
  const evicted = { value: 1, unit: 'pods', n: 1, blocks: [1], combined: 'median' as const, interval: null }
  for (const arm of scenario.arms) arm.metrics['innocents_before_culprit'] = evicted // true as well, and not the point
  expect(spaced(headline(scenario))).toBe(
    'Reproduced: the critical pod was evicted and its replacement stayed pending for 62 s; the client was down for 62 s. priority-class fixes it.',
  )
})

it('tells how many innocents went before the culprit, and where the incident does not happen', () => {
  const scenario = episodic('log-flood-disk-pressure')
  expect(spaced(headline(scenario))).toBe(
    'Reproduced: 3 innocent pods were evicted before the flooder, the first after 23 s. ephemeral-limit fixes it.',
  )
  expect(subline(scenario)).toBe('delete-the-evicted changes nothing. It does not happen with slow-flood.')
})

it('claims no harm that was not measured', () => {
  const text = headline(throttled({ 'noisy-neighbour': 'unharmed', 'noisy-neighbour-limited': 'inconclusive' }))
  expect(text).toMatch(/fixes it; it is not harmed by a greedy neighbour without a limit either \(noisy-neighbour\)\.$/)
})

/** The first episodic scenario, its incident with these metrics alone. */
const withMetrics = (values: Readonly<Record<string, readonly [value: number, unit: string]>>): ScenarioRun => {
  const scenario = episodic('log-flood-disk-pressure')
  const metrics = Object.fromEntries(
    Object.entries(values).map(([name, [value, unit]]) => [
      name,
      { value, unit, n: 1, blocks: [value], combined: 'median' as const, interval: null },
    ]),
  )
  return { ...scenario, arms: scenario.arms.map((arm) => (arm.kind === 'incident' ? { ...arm, metrics } : arm)) }
}

it('tells how many pods were stuck, and what that left of the addresses', () => {
  const stuck = withMetrics({
    fleet_pods: [100, 'pods'],
    fleet_all_stuck_s: [66.2, 's'],
    addresses_node: [100, 'addresses'],
    pool_addresses: [100, 'addresses'],
    canary_ready_at_end: [0, 'yes'],
  })
  expect(spaced(headline(stuck))).toMatch(
    /^Reproduced: all 100 pods hung in Terminating for 66 s; 100 of 100 addresses were in use, and no new pod could start\./,
  )
})

it('tells for how long the old configuration was used, and what that did to requests', () => {
  const stale = withMetrics({ changes_missed: [1, 'changes'], failed_while_stale: [0.998, 'ratio'], stale_s: [125, 's'] })
  expect(spaced(headline(stale))).toMatch(
    /^Reproduced: the pods went on with the old configuration for 125 s, until the end; 99.8 % of the requests failed\./,
  )
})

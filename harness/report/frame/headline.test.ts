// Headlines follow from the verdicts of the run.
import { expect, it } from 'vitest'
import type { ScenarioRun } from '../../model/run.ts'
import { evicted } from '../../test/fixtures/accepted-runs.ts'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { throttlingRun } from '../../test/fixtures/report/throttling-run.ts'
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

it('says what happened and which remedies fix it', () => {
  expect(spaced(headline(example()))).toBe(
    'Reproduced: one of 3 pods gave 100 % of the replies, and 516 requests failed. l7-proxy and client-side fix it.',
  )
  expect(subline(example())).toBe('max-connection-age only makes it milder; more-replicas changes nothing.')
})

it('claims no fix that was not measured', () => {
  const scenario = example(judged({ 'l7-proxy': 'worse', 'client-side': 'inconclusive' }))
  expect(headline(scenario)).not.toContain('fix')
  expect(subline(scenario)).toContain('l7-proxy makes it worse; client-side is inconclusive')
})

it('gives the reason when the incident did not happen', () => {
  expect(headline(example(judged({ incident: 'not-reproduced' })))).toContain(`Not reproduced: ${example().reason}`)
})

it('gives the reason where a metric of the headline was not measured, or the scenario has none', () => {
  for (const words of ['{never_measured} of it', null])
    expect(headline(example((scenario) => ({ ...scenario, headline: words })))).toContain(`Reproduced: ${example().reason}`)
})

it('gives the reason when there is no answer', () => {
  expect(headline(example(judged({ incident: 'inconclusive' })))).toContain(`Inconclusive: ${example().reason}`)
})

const throttled = (verdicts: Record<string, ScenarioRun['verdict']> = {}): ScenarioRun => {
  const [scenario] = throttlingRun().scenarios
  if (scenario === undefined) throw new Error('the example has a scenario')
  return judged(verdicts)(scenario)
}

it('says what then harms the repaired system, and what does not', () => {
  expect(spaced(headline(throttled()))).toMatch(
    /remove-limit fixes it; noisy-neighbour harms the repaired system; noisy-neighbour-limited does not\.$/,
  )
})

const episodic = (slug: string): ScenarioRun => {
  const scenario = episodeRun().scenarios.find((each) => each.slug === slug)
  if (scenario === undefined) throw new Error(`the example has the scenario ${slug}`)
  return scenario
}

it('says which pods were evicted, and how long the client was down', () => {
  const scenario = episodic('missing-priority-class')
  expect(spaced(headline(scenario))).toBe(
    'Reproduced: the critical pod was evicted and its replacement stayed pending for 62 s; the client was down for 62 s. priority-class fixes it.',
  )
})

it('says how many bystanders went before the culprit, and where the incident does not happen', () => {
  const scenario = episodic('log-flood-disk-pressure')
  expect(spaced(headline(scenario))).toBe(
    'Reproduced: 3 bystander pods were evicted before the flooder, the first after 23 s. ephemeral-limit fixes it.',
  )
  expect(subline(scenario)).toBe('delete-the-evicted changes nothing. The incident does not occur in slow-flood.')
})

it('claims no harm that was not measured', () => {
  const text = headline(throttled({ 'noisy-neighbour': 'unharmed', 'noisy-neighbour-limited': 'inconclusive' }))
  expect(text).toMatch(/fixes it; noisy-neighbour does not harm the repaired system\.$/)
})

it('says of what the end of the episodes cut off that it took at least so long', () => {
  const [scenario] = evicted.scenarios
  if (scenario === undefined) throw new Error('the accepted run has a scenario')
  expect(spaced(headline(scenario))).toContain(
    'its replacement stayed pending for at least 63 s; the client was down for at least 63 s',
  )
})

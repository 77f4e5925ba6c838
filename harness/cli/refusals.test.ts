import { expect, test } from 'vitest'
import { measuredOf } from '../judge/judge-run.ts'
import { contentOf } from '../measure/content.ts'
import type { MeasuredScenario, Run } from '../model/run.ts'
import { loadScenarios } from '../scenario/load-scenarios.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { refusals } from './refusals.ts'

const contents = (run: Run): Map<string, MeasuredScenario> =>
  new Map(measuredOf(run).scenarios.map((scenario) => [scenario.slug, scenario]))

test('a complete run of the scenario as it is, every arm as expected, can stand as evidence', () => {
  expect(refusals(exampleRun(), contents(exampleRun()))).toEqual([])
})

test('every reason against it is reported at once', () => {
  const run = exampleRun()
  const scenarios = run.scenarios.map((scenario) => ({
    ...scenario,
    manifests: scenario.manifests.map((each) => ({ ...each, text: `${each.text}# edited` })),
    arms: scenario.arms.map((arm) =>
      arm.name === 'l7-proxy' ? { ...arm, verdict: 'mitigated' as const, asExpected: false, reason: 'half of it' } : arm,
    ),
  }))
  const told = refusals({ ...run, scenarios, finishedAt: null }, contents(run))
  expect(told[0]).toMatch(/interrupted/)
  expect(told).toContainEqual(expect.stringMatching(/^http2-hot-pod: the scenario has changed since: .*manifests\//))
  expect(told).toContainEqual('http2-hot-pod, l7-proxy: mitigated, not fixed: half of it')
})

test('a run of a scenario that is there no more is refused', () => {
  expect(refusals(exampleRun(), new Map())).toEqual(['http2-hot-pod: there is no such scenario now'])
})

test.each(await loadScenarios())('what $scenario.slug is now is described as a run would record it', async (loaded) => {
  const { scenario } = loaded
  const content = await contentOf(loaded, Object.keys(scenario.arms), 'quick')
  expect(content.arms.map(({ name }) => name)).toEqual(Object.keys(scenario.arms))
  expect(content.manifests.length).toBeGreaterThan(0)
  expect(content.method.episode === null).toBe(scenario.trial.kind === 'steady')
})

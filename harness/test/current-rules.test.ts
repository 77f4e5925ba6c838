// The rules of now on the trials of accepted runs, which may have been judged by others.
import { expect, test } from 'vitest'
import { judgeScenario, measuredOf } from '../judge/judge-run.ts'
import { loadScenarios } from '../scenario/load-scenarios.ts'
import { hotPod, throttling } from './fixtures/accepted-runs.ts'
import { withCurrentRules } from './fixtures/with-current-rules.ts'

const steady = (await loadScenarios()).flatMap(({ scenario }) => {
  const run = [hotPod, throttling].find(({ scenarios }) => scenarios.some(({ slug }) => slug === scenario.slug))
  return run ? [{ slug: scenario.slug, scenario, run }] : []
})

test.each(steady)('$slug: what was recorded is as expected by the present rules', async ({ scenario, run }) => {
  const recorded = await withCurrentRules(measuredOf(run), scenario)
  const { arms } = await judgeScenario(recorded, { seed: null, steadyArms: recorded.arms.length })
  expect(arms.map(({ name, verdict }) => [name, verdict])).toEqual(arms.map(({ name, expected }) => [name, expected]))
})

import { expect, test } from 'vitest'
import type { Run, ScenarioRun } from '../../model/run.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { junit } from '../format/junit.ts'
import { markdown } from '../format/markdown.ts'
import { summary } from '../format/summary.ts'
import { verdictLines } from '../frame/verdict-lines.ts'
import { noiseOf } from './noise.ts'

/** The example with this A/A spread of a metric, as a share. */
const runWith = (metric: string, share: number): Run => {
  const run = exampleRun()
  const ratio = Math.log(1 + share)
  return {
    ...run,
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      spread: { ...scenario.spread, [metric]: { value: 1, unit: 'ms', ratio, n: 2 } },
      arms: scenario.arms.map((arm) => (arm.name === 'incident' ? { ...arm, asExpected: false } : arm)),
    })),
  }
}
const only = ({ scenarios: [scenario] }: Run): ScenarioRun => {
  if (!scenario) throw new Error('the example has a scenario')
  return scenario
}

test('the machine was noisy where control differs from control by more than 12 % in a judged metric', () => {
  expect([noiseOf(only(runWith('latency_p99', 0.11))), noiseOf(only(runWith('latency_p99', 0.14)))]).toEqual([
    null,
    { metric: 'latency_p99', share: expect.closeTo(0.14, 9) as number },
  ])
})

test('a metric that no rule judges, or a count, shows no noise', () => {
  expect([noiseOf(only(runWith('latency_p50', 0.5))), noiseOf(only(runWith('failed_requests', 0.5)))]).toEqual([null, null])
})

test('every rendering says so beside the verdict', () => {
  const run = runWith('latency_p99', 0.14)
  const said = 'Control against control differs by 14 % in latency p99 here: the machine was noisy.'
  const texts = [
    ...markdown(run).map(({ text }) => text),
    summary(run),
    junit(run),
    verdictLines(run, undefined).join(' ').replaceAll(/\s+/g, ' '),
  ]
  for (const text of texts) expect(text.replaceAll('\u00a0', ' ')).toContain(said)
})

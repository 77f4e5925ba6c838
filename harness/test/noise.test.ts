// What a cluster test makes of a run in which an arm is not as expected: the machine's noise, or a fault of the lab.
import { median } from 'simple-statistics'
import { expect, test } from 'vitest'
import { judgeRun, measuredOf } from '../judge/judge-run.ts'
import type { Run } from '../model/run.ts'
import { disturbance } from './cluster/noise.ts'
import { throttling } from './fixtures/accepted-runs.ts'

const arm = 'remove-limit'
const p99 = (name: string): number =>
  median(
    (throttling.scenarios[0]?.trials ?? []).flatMap(({ arm: of, metrics }) => (of === name ? (metrics.latency_p99 ?? []) : [])),
  )

/** Three blocks in which every p99 of an arm is the arm's middle, but for the fix's, which are so many ms. */
const runWith = (fixMs: readonly number[]): Promise<Run> => {
  const run = measuredOf(throttling)
  return judgeRun({
    ...run,
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      trials: scenario.trials
        .filter(({ block }) => block < fixMs.length)
        .map((trial) => ({
          ...trial,
          metrics: { ...trial.metrics, latency_p99: trial.arm === arm ? (fixMs[trial.block] ?? NaN) : p99(trial.arm) },
        })),
    })),
  })
}
const verdictOf = (run: Run) => run.scenarios[0]?.arms.find(({ name }) => name === arm)?.verdict

test('a run as expected was not disturbed', async () => {
  const run = await runWith([p99(arm), p99(arm), p99(arm)])
  expect([verdictOf(run), disturbance(run)]).toEqual(['fixed', null])
})

test('a fix that is outside its bound in every block does not work: nothing is put down to noise', async () => {
  const run = await runWith([p99('incident'), p99('incident'), p99('incident')])
  expect([verdictOf(run), disturbance(run)]).toEqual(['mitigated', null])
})

test('a fix that is outside its bound in two blocks of three was disturbed: the third block shows that it works', async () => {
  const run = await runWith([p99('incident'), p99(arm), p99('incident')])
  expect([verdictOf(run), disturbance(run)]).toEqual([
    'mitigated',
    expect.stringMatching(/^the machine was too noisy: remove-limit/),
  ])
})

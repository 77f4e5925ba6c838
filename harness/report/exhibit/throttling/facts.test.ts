// What was counted between two readings becomes a rate; a trial that does not count is passed over.
import { expect, it } from 'vitest'
import type { ScenarioRun } from '../../../model/run.ts'
import type { Trial } from '../../../model/trial.ts'
import { throttlingRun } from '../../../test/fixtures/report/throttling-run.ts'
import { throttlingOf } from './facts.ts'

const withTrials = (change: (trial: Trial) => Trial): ScenarioRun => {
  const [scenario] = throttlingRun().scenarios
  if (scenario === undefined) throw new Error('the example has a scenario')
  return { ...scenario, trials: scenario.trials.map(change) }
}

it('says how long the container was stopped in each 100 ms, however far apart the readings are', () => {
  const points: [number, number][] = [
    [-50, 0],
    [50, 0],
    [250, 100],
    [300, 100],
  ]
  const scenario = withTrials((trial) => ({
    ...trial,
    series: { throttled_ms: { label: 'throttled time', unit: 'ms', points } },
  }))
  expect(throttlingOf(scenario, 'incident')).toMatchObject({
    stoppedMs: 100,
    stops: [{ msPer100: 0 }, { msPer100: 50 }, { msPer100: 0 }],
  })
})

it('takes the first trial that counts', () => {
  const scenario = withTrials((trial) => (trial.block === 0 ? { ...trial, invalid: ['late'] } : trial))
  expect(throttlingOf(scenario, 'incident')?.block).toBe(1)
})

it('has nothing to show where requests were too many to be written down', () => {
  expect(
    throttlingOf(
      withTrials((trial) => ({ ...trial, load: { ...trial.load, requests: null } })),
      'incident',
    ),
  ).toBeNull()
})

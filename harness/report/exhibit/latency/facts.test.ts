// Histograms of the valid trials add up, and a curve goes no further than the observations carry.
import { expect, it } from 'vitest'
import { exampleRun } from '../../../test/fixtures/report/example-run.ts'
import { latencyCurve, mergedLatency } from './facts.ts'

const trials = exampleRun().scenarios.flatMap((scenario) => scenario.trials)

it('adds up the valid trials of an arm', () => {
  const one = trials.filter((trial) => trial.arm === 'incident')
  expect(mergedLatency(trials, 'incident')?.n).toBe(one.reduce((sum, trial) => sum + trial.load.completed, 0))
})

it('leaves out the second trials of control', () => {
  const first = trials.filter((trial) => trial.arm === 'control' && trial.replica === 0)
  expect(first.length).toBeLessThan(trials.filter((trial) => trial.arm === 'control').length)
  expect(mergedLatency(trials, 'control')?.n).toBe(first.reduce((sum, trial) => sum + trial.load.completed, 0))
})

it('has no latency for an arm without a valid trial', () => {
  expect(
    mergedLatency(
      trials.map((trial) => ({ ...trial, invalid: ['late'] })),
      'incident',
    ),
  ).toBeNull()
})

it('reads each named percentile within the histogram’s precision', () => {
  const only = trials.filter((trial) => trial.arm === 'control').slice(0, 1)
  const p99Ms = (only[0]?.load.latencyUs?.p99 ?? 0) / 1000
  expect(mergedLatency(only, 'control')?.at(0.99)).toBeCloseTo(p99Ms, 1)
})

it('ends a curve where one observation lies beyond', () => {
  expect(latencyCurve({ n: 100, at: () => 1 }).at(-1)?.quantile).toBeCloseTo(0.99)
  expect(latencyCurve({ n: 1_000_000, at: () => 1 }).at(-1)?.quantile).toBeCloseTo(0.999)
})

import { expect, test } from 'vitest'
import { TrialLimits } from '../model/trial.ts'
import { hostFaults } from './host-faults.ts'

const limits = TrialLimits.parse({ sendLagP99Ms: 10, achievedRateRatio: 0.99 })
const quiet = { idle: 0.8, steal: 0.01, others: 0.05, throttledPeriods: 0 }

test('a quiet host has no fault', () => {
  expect(hostFaults(quiet, limits)).toEqual([])
})

test('stolen time, busy neighbours and a quota around the node are each named with their amount and limit', () => {
  expect(hostFaults({ idle: 0, steal: 0.2, others: 0.7, throttledPeriods: 3 }, limits)).toEqual([
    expect.stringMatching(/^the hypervisor .*20\.0 %.*limit 10\.0 %/),
    expect.stringMatching(/outside the cluster .*70\.0 %.*limit 20\.0 %/),
    expect.stringMatching(/quota .*3 periods/),
  ])
})

test('a clock of the nodes that stands apart is named: times of pods would be off by as much', () => {
  expect(hostFaults({ ...quiet, clockOffsetMs: -3000 }, limits)).toEqual([
    expect.stringMatching(/clock of the nodes .*3000 ms behind .*limit 100 ms/),
  ])
  expect(hostFaults({ ...quiet, clockOffsetMs: 100 }, limits)).toEqual([])
})

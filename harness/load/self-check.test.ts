import { expect, test } from 'vitest'
import { trialOf } from '../test/fixtures/trials.ts'
import { TrialLimits } from '../model/trial.ts'
import { loadFaults } from './self-check.ts'

const limits = TrialLimits.parse({ sendLagP99Ms: 10, achievedRateRatio: 0.99 })

test('a load as it was ordered has no fault', () => {
  expect(loadFaults(trialOf('control').load, limits)).toEqual([])
})

test('a generator that sent late is named, with its lag and the limit', () => {
  const late = { ...trialOf('control').load, sendLagUs: { p50: 900, p99: 83_455, max: 120_000 } }
  expect(loadFaults(late, limits)).toEqual([expect.stringMatching(/late.* 83\.5 ms, limit 10 ms/)])
})

test('where something was changed under load, the lag has a limit of its own, if the scenario gives one', () => {
  const late = { ...trialOf('control').load, sendLagUs: { p50: 900, p99: 83_455, max: 120_000 } }
  expect(loadFaults(late, { ...limits, changeSendLagP99Ms: 500 }, true)).toEqual([])
  expect(loadFaults(late, { ...limits, changeSendLagP99Ms: 50 }, true)).toEqual([expect.stringContaining('limit 50 ms')])
  expect(loadFaults(late, limits, true)).toEqual([expect.stringContaining('limit 10 ms')])
})

test('a generator that sent too little is named', () => {
  const short = { ...trialOf('control').load, intended: 1000, sent: 900, notSent: 100 }
  expect(loadFaults(short, limits)).toEqual([expect.stringMatching(/90\.0 % .*limit 99 %/)])
})

test('a generator that sent nothing is at fault, though it was never late', () => {
  const silent = { ...trialOf('control').load, sent: 0, sendLagUs: null }
  expect(loadFaults(silent, limits)).toHaveLength(1)
})

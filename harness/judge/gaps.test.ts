// What a metric that only some trials have may not do: decide.
import { expect, test } from 'vitest'
import { metric } from '../model/rule.ts'
import type { Trial } from '../model/trial.ts'
import { blocksOfEach, expectations, inBlocks, judgeAll, others } from '../test/fixtures/hot-pod-case.ts'
import { definitions, trialOf } from '../test/fixtures/trials.ts'
import type { Case } from './judge.ts'

/** The same trial without this metric. */
const without = (name: string, trial: Trial): Trial => {
  const { [name]: _unmeasured, ...metrics } = trial.metrics
  return { ...trial, metrics }
}

/** Six blocks of an arm; those from the second on lack the metric. */
const onlyInTheFirst = (arm: string, name: string, value: number): Trial[] =>
  inBlocks(arm, name, Array(6).fill(value) as number[]).map((trial) => (trial.block > 0 ? without(name, trial) : trial))

const again = inBlocks('control', 'latency_p99', [53, 53, 53, 53, 53, 53], { replica: 1 })

test('one block of data is no fix: a latency that five of six trials lack was not measured', () => {
  const judged = judgeAll([...blocksOfEach(6, ...onlyInTheFirst('l7-proxy', 'latency_p99', 50)), ...again])
  expect(judged['l7-proxy']).toMatchObject({ verdict: 'inconclusive', reason: 'not measured: latency p99 in 5 of 6 trials' })
})

test('a sum over one of six blocks was not measured, either', () => {
  const none = { ...expectations, fixed: [metric('failed_requests').atMost(0)] }
  const judged = judgeAll([...blocksOfEach(6, ...onlyInTheFirst('l7-proxy', 'failed_requests', 0)), ...again], { expect: none })
  expect(judged['l7-proxy']).toMatchObject({ verdict: 'inconclusive', reason: 'not measured: failed requests in 5 of 6 trials' })
})

test.each(['control', 'incident'])('a bound that one block of %s lacks was not measured', (other) => {
  const gap = inBlocks(other, 'latency_p99', Array(8).fill(other === 'control' ? 52 : 446) as number[]).map((trial) =>
    trial.block === 3 ? without('latency_p99', trial) : trial,
  )
  const expected = {
    ...expectations,
    fixed: [metric('latency_p99').atMost({ times: 0.5, of: `${other}.latency_p99`, plus: 100 })],
  }
  const judged = judgeAll([...blocksOfEach(8, ...gap), ...again], { expect: expected })
  expect(judged['l7-proxy']).toMatchObject({
    verdict: 'inconclusive',
    reason: `not measured: latency p99 in 1 of 8 trials of ${other}`,
  })
})

const metrics = { ...definitions, latency_p99: { ...definitions.latency_p99, better: 'lower' } } as Case['metrics']

/** A trial in which nothing was answered. */
const silent = (block: number): Trial => {
  const trial = without('latency_p99', trialOf('l7-proxy', {}, { block }))
  return { ...trial, load: { ...trial.load, completed: 0, failed: 720, latencyUs: null } }
}

test('no reply at all is a failure, not a gap: the arm is not fixed, and the reason says why', () => {
  const judged = judgeAll([...others('l7-proxy'), trialOf('l7-proxy'), silent(1)], { metrics })
  expect(judged['l7-proxy']).toMatchObject({
    verdict: 'mitigated',
    reason: expect.stringContaining('not fixed: latency p99: no reply in 1 of 2 trials'),
  })
})

test('where nothing was answered nothing is slow enough to be the incident, either', () => {
  const slow = { ...expectations, worse: [metric('latency_p99').atLeast(400)] }
  const judged = judgeAll([...blocksOfEach(2, silent(0), silent(1)), ...again.slice(0, 2)], {
    expect: { ...slow, mitigated: [metric('top_share').atMost(0)] },
    metrics,
  })
  expect(judged['l7-proxy']).toMatchObject({ verdict: 'inconclusive', reason: 'not measured: latency p99' })
})

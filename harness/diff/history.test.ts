// Several older runs: how far they are apart is the noise.
import { expect, test } from 'vitest'
import type { ArmRun, Run } from '../model/run.ts'
import { but, evicted, hotPod, later, ofDay, slower, throttling } from '../test/fixtures/accepted-runs.ts'
import { diffRuns } from './diff-runs.ts'

const days = (run: Run, ...times: number[]): Run[] => times.map((each, index) => ofDay(index + 1, run, each))
const answerFor = (history: readonly Run[], newer: Run, metric = 'latency_p99') => {
  const diff = diffRuns(history, later(newer))
  const move = diff.scenarios[0]?.arms.find(({ name }) => name === 'incident')?.metrics.find((each) => each.metric === metric)
  return { answer: diff.answer, move }
}

test('what three older runs that are close together would call worse lies within the spread of five: it is noise', () => {
  const run = hotPod
  const newer = but(run, 'incident', slower(1.7))
  expect(answerFor(days(run, 1, 1.02, 0.99), newer)).toMatchObject({ answer: 'regressed', move: { runs: 3, answer: 'worse' } })
  expect(answerFor(days(run, 1.6, 0.7, 1.5, 0.6, 0.8), newer)).toMatchObject({
    answer: 'nothing',
    move: { runs: 5, answer: 'within-noise' },
  })
})

test('a step beyond the spread of the older runs is worse, and says by how much and at which level', () => {
  const run = throttling
  const { answer, move } = answerFor(days(run, 1, 1.05, 0.96, 1.02), but(run, 'incident', slower(2.2)))
  expect(answer).toBe('regressed')
  expect(move).toMatchObject({ runs: 4, answer: 'worse', interval: { level: 1 - 0.05 / 12 } }) // of six arms, p50 and p99
  expect(move?.ratio).toBeCloseTo(2.2, 1)
  expect(move?.interval?.low).toBeGreaterThan(1)
})

test('what is certain but less than 30 % more is worse below the limit and no regression', () => {
  const run = throttling
  const { answer, move } = answerFor(days(run, 1, 1.001, 0.999, 1), but(run, 'incident', slower(1.25)))
  expect([answer, move?.answer, move && move.interval && move.interval.low > 1]).toEqual(['nothing', 'worse-below-limit', true])
})

test('the scatter of the other arms is evidence, too: three runs that agree by chance do not make a change certain', () => {
  const scattered = (index: number, times: number): Run =>
    ofDay(
      index + 1,
      ['remove-limit', 'raise-limit', 'more-replicas', 'noisy-neighbour', 'noisy-neighbour-limited'].reduce(
        (run, arm, place) => but(run, arm, slower(times ** (place % 2 === 0 ? 1 : -1))),
        throttling,
      ),
    )
  const newer = but(throttling, 'incident', slower(1.4))
  expect(answerFor(days(throttling, 1, 1.01, 0.99), newer).move?.answer).toBe('worse')
  expect(
    answerFor(
      [0.7, 1, 1.4].map((times, index) => scattered(index, times)),
      newer,
    ).move?.answer,
  ).toBe('within-noise')
})

const verdicts = (...all: readonly ArmRun['verdict'][]) => {
  const [newest = 'fixed', ...before] = all.toReversed()
  const withVerdict = (verdict: ArmRun['verdict']) =>
    but(hotPod, 'l7-proxy', () => ({ verdict, asExpected: verdict === 'fixed' }))
  const history = before.toReversed().map((verdict, index) => ofDay(index + 1, withVerdict(verdict)))
  const diff = diffRuns(history, later(withVerdict(newest)))
  return [diff.answer, diff.scenarios[0]?.arms.find(({ name }) => name === 'l7-proxy')?.verdict.change]
}

test('an arm whose verdict came and went before has not regressed: there is no answer for it', () => {
  expect(verdicts('fixed', 'no-effect', 'fixed', 'no-effect')).toEqual(['unclear', 'unclear'])
  expect(verdicts('fixed', 'fixed', 'fixed', 'no-effect')).toEqual(['regressed', 'regressed'])
})

test('an older run without an answer does not hide what those before it say', () => {
  expect(verdicts('fixed', 'fixed', 'inconclusive', 'no-effect')).toEqual(['regressed', 'regressed'])
  expect(verdicts('inconclusive', 'inconclusive', 'no-effect')).toEqual(['unclear', 'unclear'])
})

test('an arm is compared with the newest older run that has it', () => {
  const run = hotPod
  const fewer = {
    ...ofDay(2, run),
    scenarios: run.scenarios.map((scenario) => ({ ...scenario, arms: scenario.arms.filter(({ name }) => name !== 'ingress') })),
  }
  const diff = diffRuns([ofDay(1, run), fewer], later(run))
  expect(diff.scenarios[0]?.arms.find(({ name }) => name === 'ingress')?.verdict.history).toEqual(['fixed'])
  expect(diff).toMatchObject({
    older: { startedAt: '2026-11-02T00:00:00.000Z' },
    scenarios: [{ unmatched: { older: [], newer: [] } }],
  })
})

test('a wording that one of the older runs had is not new', () => {
  const run = evicted
  const other = (text: string): Run => ({
    ...run,
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      arms: scenario.arms.map((arm) => ({
        ...arm,
        proof: arm.proof.map((line) => line.replace('No preemption victims', text)),
      })),
    })),
  })
  const { scenarios } = diffRuns([ofDay(1, other('No such victims')), ofDay(2, run)], later(other('No such victims')))
  expect(scenarios[0]?.wordings).toEqual({ older: [], newer: [] })
})

test('a run that is named twice is refused', () => {
  const first = ofDay(1, throttling)
  expect(() => diffRuns([first, ofDay(2, throttling), first], later(throttling))).toThrow(
    expect.objectContaining({ exit: 'usage', message: 'The run of 2026-11-01T00:00:00.000Z is named twice' }),
  )
})

import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Run } from '../model/run.ts'
import type { Verdict } from '../model/verdict.ts'
import { but, evicted, hotPod, later, slower, threeDays, throttling } from '../test/fixtures/accepted-runs.ts'
import { diffRuns } from './diff-runs.ts'
import { RunDiff } from './run-diff.ts'

const worse = (older: Run, newer: Run): string[] =>
  diffRuns(threeDays(older), newer).scenarios.flatMap(({ slug, arms }) =>
    arms
      .filter(({ verdict, metrics }) => verdict.change === 'regressed' || metrics.some(({ answer }) => answer === 'worse'))
      .map(({ name }) => `${slug} ${name}`),
  )

test.each([
  ['cpu-limit-throttling', throttling],
  ['http2-hot-pod', hotPod],
  ['missing-priority-class', evicted],
])('a run of %s beside three like it has nothing beyond noise', (_, run) => {
  const diff = diffRuns(threeDays(run), later(run))
  expect(diff).toMatchObject({ answer: 'nothing', environment: [], unmatched: [] })
  for (const { content, arms, wordings } of diff.scenarios) {
    expect({ content, wordings }).toEqual({ content: [], wordings: { older: [], newer: [] } })
    for (const { verdict, metrics } of arms) {
      expect(verdict.change).toBe('same')
      expect(metrics.every(({ answer, ratio }) => answer === 'within-noise' && Math.abs(Math.log(ratio)) < 0.3)).toBe(true)
    }
  }
})

test('an arm that was as expected and is not any more is a regression, and named', () => {
  const newer = but(hotPod, 'l7-proxy', () => ({ verdict: 'no-effect', asExpected: false, reason: 'one pod has it all' }))
  const diff = diffRuns(threeDays(hotPod), newer)
  expect(diff.answer).toBe('regressed')
  expect(worse(hotPod, newer)).toEqual(['http2-hot-pod l7-proxy'])
})

test('what was not as expected and is now has recovered, and is no regression', () => {
  const older = but(hotPod, 'l7-proxy', () => ({ verdict: 'no-effect', asExpected: false }))
  const { answer, scenarios } = diffRuns(threeDays(older), later(hotPod))
  expect(answer).toBe('nothing')
  expect(scenarios[0]?.arms.find(({ name }) => name === 'l7-proxy')?.verdict.change).toBe('recovered')
})

test('an arm without an answer in the newer run is neither better nor worse', () => {
  const newer = but(evicted, 'priority-class', () => ({ verdict: 'inconclusive', asExpected: false }))
  expect(diffRuns([evicted], newer).answer).toBe('unclear')
})

test('a remedy whose episodes differ is worse where none of them is as expected, and unclear where one is', () => {
  const newer = (...verdicts: Verdict[]): Run =>
    but(evicted, 'priority-class', ({ decisions: [first] }) => ({
      verdict: 'inconclusive',
      asExpected: false,
      decisions: verdicts.flatMap((verdict, trial) => (first ? [{ ...first, trial, verdict }] : [])),
    }))
  expect(diffRuns([evicted], newer('no-effect', 'mitigated')).answer).toBe('regressed')
  expect(diffRuns([evicted], newer('no-effect', 'fixed')).answer).toBe('unclear')
  expect(diffRuns([evicted], newer('no-effect', 'inconclusive')).answer).toBe('unclear')
  expect(diffRuns([evicted], newer()).answer).toBe('unclear')
  const withoutControl = but(newer('no-effect', 'mitigated'), 'control', () => ({ verdict: 'inconclusive', asExpected: false }))
  expect(diffRuns([evicted], withoutControl).answer, 'no arm has a verdict then').toBe('unclear')
})

test('a p99 twice what it was, as a multiple of control, is worse, and half of it is better: of three blocks and of eight', () => {
  for (const run of [throttling, hotPod]) {
    const slug = run.scenarios[0]?.slug
    expect(worse(run, but(run, 'incident', slower(2.2)))).toEqual([`${slug} incident`])
    const { answer, scenarios } = diffRuns(threeDays(run), but(run, 'incident', slower(1 / 2.2)))
    expect(answer).toBe('nothing')
    const p99 = scenarios[0]?.arms.find(({ name }) => name === 'incident')?.metrics.find(({ metric }) => metric === 'latency_p99')
    expect(p99).toMatchObject({ answer: 'better', runs: 3 })
  }
})

test('a machine that is slower as a whole is no regression: control is slower with it', () => {
  const run = throttling
  const newer = {
    ...later(run),
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      arms: scenario.arms.map((arm) => ({ ...arm, ...slower(3)(arm) })),
    })),
  }
  expect(worse(run, newer)).toEqual([])
})

test('a change below 30 % is no regression, however certain', () => {
  expect(worse(hotPod, but(hotPod, 'incident', slower(1.25)))).toEqual([])
  expect(worse(hotPod, but(hotPod, 'incident', slower(1.35)))).toEqual(['http2-hot-pod incident'])
})

test.each([1, 2])(
  '%d older runs do not show how far runs of different days are apart: no metric is judged, whatever its size',
  (count) => {
    const diff = diffRuns(threeDays(hotPod).slice(0, count), but(hotPod, 'incident', slower(20)))
    expect(diff.answer).toBe('unclear')
    const metrics = diff.scenarios.flatMap(({ arms }) => arms.flatMap((arm) => arm.metrics))
    expect(metrics.length).toBeGreaterThan(15)
    for (const metric of metrics)
      expect(metric).toMatchObject({ answer: 'not-judged', runs: count, interval: null, detectable: null })
  },
)

test('with too few older runs a changed verdict is still a regression', () => {
  const newer = but(hotPod, 'l7-proxy', () => ({ verdict: 'no-effect', asExpected: false }))
  expect(diffRuns([hotPod], newer).answer).toBe('regressed')
})

test('an arm that fewer than three older runs have is not judged, and the others are', () => {
  const [first = hotPod, ...others] = threeDays(hotPod)
  const scenarios = first.scenarios.map((scenario) => ({
    ...scenario,
    arms: scenario.arms.filter(({ name }) => name !== 'ingress'),
  }))
  const { answer, scenarios: found } = diffRuns([{ ...first, scenarios }, ...others], later(hotPod))
  const answersOf = (arm: string) => found[0]?.arms.find(({ name }) => name === arm)?.metrics.map((each) => each.answer)
  expect([answer, answersOf('ingress'), answersOf('incident')]).toEqual([
    'unclear',
    ['not-judged', 'not-judged'],
    ['within-noise', 'within-noise'],
  ])
})

test('a change of the size that is called detectable lies clear of the interval, and less than the limit is never called detectable', () => {
  const [move] =
    diffRuns(threeDays(hotPod), later(hotPod)).scenarios[0]?.arms.find(({ name }) => name === 'incident')?.metrics ?? []
  expect(move?.detectable).toBeGreaterThan(1.3)
  expect((move?.interval?.low ?? 0) * (move?.detectable ?? 0)).toBeGreaterThan(1)
})

test('what the scheduler words otherwise is shown, and other numbers, orders or names of pods are not', () => {
  const run = evicted
  const reworded: Run = {
    ...later(run),
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      arms: scenario.arms.map((arm) => ({
        ...arm,
        proof: arm.proof.map((line) =>
          line
            .replace('No preemption victims found for incoming pod', 'No victims for preemption')
            .replace(/(\d+ node\(s\) [^,]+), (\d+ node\(s\) [^,.]+)/, '$2, $1')
            .replaceAll(/\d/g, '7'),
        ),
      })),
    })),
  }
  const diff = diffRuns(threeDays(run), reworded)
  expect(diff.answer).toBe('nothing')
  expect(diff.scenarios[0]?.wordings).toEqual({
    older: ['N No preemption victims found for incoming pod'],
    newer: ['N No victims for preemption'],
  })
})

test('another Kubernetes and other rules are named', () => {
  const run = hotPod
  const newer: Run = {
    ...later(run),
    environment: { ...run.environment, kubernetes: 'v1.99.0' },
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      method: { ...scenario.method, expect: { ...scenario.method.expect, healthy: [] } },
    })),
  }
  const diff = diffRuns([run], newer)
  expect(diff.environment).toEqual([{ what: 'Kubernetes', older: run.environment.kubernetes, newer: 'v1.99.0' }])
  expect(diff.scenarios[0]?.content).toEqual(['its rules'])
})

test('an arm or a scenario that one run lacks is named; a scenario that was skipped leaves no answer', () => {
  const run = hotPod
  const fewer = {
    ...later(run),
    scenarios: run.scenarios.map((scenario) => ({ ...scenario, arms: scenario.arms.filter(({ name }) => name !== 'ingress') })),
  }
  expect(diffRuns([run], fewer)).toMatchObject({
    answer: 'unclear',
    scenarios: [{ content: [], unmatched: { older: ['ingress'] } }],
  })
  const both: Run = { ...run, scenarios: [...run.scenarios, ...evicted.scenarios] }
  const skipped = [{ slug: 'missing-priority-class', title: '', reason: 'no small node' }]
  expect(diffRuns([both], { ...later(run), skipped })).toMatchObject({
    answer: 'unclear',
    unmatched: [{ slug: 'missing-priority-class', why: 'skipped in the newer run: no small node' }],
  })
})

test.each([
  ['the same run twice', throttling, throttling, 'Both are the same run'],
  ['a run that was cut off', throttling, { ...later(throttling), finishedAt: null }, 'The newer run was cut off'],
  ['an older run that was cut off', { ...throttling, finishedAt: null }, later(throttling), 'was cut off'],
  ['runs of different scenarios', hotPod, later(evicted), 'The runs share no scenario'],
])('%s is refused as wrong usage', (_, older, newer, message) => {
  expect(() => diffRuns([older], newer)).toThrow(
    expect.objectContaining({ exit: 'usage', message: expect.stringContaining(message) }),
  )
})

test('the published JSON Schema of a comparison is the one of the model (vitest -u writes it), and a comparison is valid under it', async () => {
  const schema = { $id: 'kubernetes-incident-lab/diff/2', title: 'Runs of the lab side by side', ...z.toJSONSchema(RunDiff) }
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot('../../reports/diff.schema.json')
  const validate = formats.default(new Ajv.default({ strict: false })).compile(schema)
  const diff = diffRuns(threeDays(hotPod), but(hotPod, 'incident', slower(2.2)))
  expect([validate(JSON.parse(JSON.stringify(diff))), validate.errors]).toEqual([true, null])
})

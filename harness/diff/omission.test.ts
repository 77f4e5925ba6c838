// What is lost from an older run to a newer one: a comparison cannot be green because there was less to compare.
import { expect, test } from 'vitest'
import type { Run, ScenarioRun } from '../model/run.ts'
import { but, evicted, hotPod, later, ofDay, threeDays, throttling } from '../test/fixtures/accepted-runs.ts'
import { diffRuns } from './diff-runs.ts'

const each = (run: Run, change: (scenario: ScenarioRun) => Partial<ScenarioRun>): Run => ({
  ...later(run),
  scenarios: run.scenarios.map((scenario) => ({ ...scenario, ...change(scenario) })),
})
const without = (run: Run, ...names: string[]): Run =>
  each(run, ({ arms }) => ({ arms: arms.filter(({ name }) => !names.includes(name)) }))
const withoutP99 = <T>(metrics: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(metrics).filter(([name]) => name !== 'latency_p99'))
const both: Run = { ...hotPod, scenarios: [...hotPod.scenarios, ...evicted.scenarios] }

test('an arm that only an older run has is lost, and there is no answer; with leave it is named all the same', () => {
  const lost = [{ scenario: 'http2-hot-pod', arm: 'ingress', metric: null, why: 'not in the newer run' }]
  const older = threeDays(hotPod)
  expect(diffRuns(older, without(hotPod, 'ingress'))).toMatchObject({ answer: 'unclear', lost })
  expect(diffRuns(older, without(hotPod, 'ingress'), { allowMissing: true })).toMatchObject({ answer: 'nothing', lost })
})

test('an arm that an older run lost before is still lost while one of the older runs has it', () => {
  const before = { ...without(hotPod, 'ingress'), startedAt: '2026-11-02T00:00:00.000Z' }
  expect(diffRuns([ofDay(1, hotPod), before], without(hotPod, 'ingress'))).toMatchObject({
    answer: 'unclear',
    lost: [{ arm: 'ingress' }],
  })
})

test('a scenario that only an older run has is lost, whether it was skipped or not asked for', () => {
  const scenario = { scenario: 'missing-priority-class', arm: null, metric: null }
  expect(diffRuns([both], later(hotPod))).toMatchObject({
    answer: 'unclear',
    lost: [{ ...scenario, why: 'not in the newer run' }],
  })
  const skipped = [{ slug: 'missing-priority-class', title: '', reason: 'no small node' }]
  const diff = diffRuns([both], { ...later(hotPod), skipped })
  expect(diff).toMatchObject({
    answer: 'unclear',
    lost: [{ ...scenario, why: expect.stringMatching(/skipped.*: no small node$/) as string }],
  })
})

test('a metric that only an older run has in three blocks is lost: it was not measured, or in too few blocks', () => {
  const none = but(throttling, 'incident', ({ metrics }) => ({ metrics: withoutP99(metrics) }))
  const metric = { scenario: 'cpu-limit-throttling', arm: 'incident', metric: 'latency_p99' }
  expect(diffRuns([throttling], none)).toMatchObject({
    answer: 'unclear',
    lost: [{ ...metric, why: 'not measured in the newer run' }],
  })
  const few = but(throttling, 'incident', ({ metrics: { latency_p99: p99, ...metrics } }) => ({
    metrics: { ...metrics, ...(p99 && { latency_p99: { ...p99, blocks: p99.blocks.slice(0, 2) } }) },
  }))
  expect(diffRuns([throttling], few)).toMatchObject({
    answer: 'unclear',
    lost: [{ ...metric, why: expect.stringMatching(/ 2 blocks .* 3$/) as string }],
  })
})

test('a metric whose definition is gone is lost in every arm', () => {
  const newer = each(throttling, ({ metrics }) => ({ metrics: withoutP99(metrics) }))
  const { lost } = diffRuns([throttling], newer)
  expect(lost.map(({ arm }) => arm)).toContain('incident')
  expect(new Set(lost.map(({ metric }) => metric))).toEqual(new Set(['latency_p99']))
})

test('a value of 0 has no ratio: where less is better it is no loss, else it is one', () => {
  const zero = (better: 'lower' | 'higher'): Run => {
    const defined = each(throttling, ({ metrics }) => {
      const { latency_p99: p99 } = metrics
      return { metrics: p99 ? { ...metrics, latency_p99: { ...p99, better } } : metrics }
    })
    return but(defined, 'incident', ({ metrics: { latency_p99: p99, ...metrics } }) => ({
      metrics: {
        ...metrics,
        ...(p99 && { latency_p99: { ...p99, blocks: p99.blocks.map(({ block }) => ({ block, value: 0 })) } }),
      },
    }))
  }
  expect(diffRuns([throttling], zero('lower')).lost).toEqual([])
  expect(diffRuns([throttling], zero('higher')).lost).toMatchObject([
    { metric: 'latency_p99', why: expect.stringContaining('no ratio') as string },
  ])
})

test('what only the newer run has is no loss', () => {
  const older = threeDays(without(hotPod, 'ingress'))
  expect(diffRuns(older, { ...both, startedAt: '2026-12-02T00:00:00.000Z' })).toMatchObject({
    answer: 'nothing',
    lost: [],
  })
})

test('a regression stays one when something is lost besides', () => {
  const worse = but(without(hotPod, 'ingress'), 'l7-proxy', () => ({ verdict: 'no-effect', asExpected: false }))
  expect(diffRuns([hotPod], worse)).toMatchObject({ answer: 'regressed', lost: [{ arm: 'ingress' }] })
})

const inMode = (run: Run, mode: Run['mode']): Run => ({ ...run, mode })

test('a full run against quick ones is refused, and says how to get one that can be compared', () => {
  expect(() => diffRuns([inMode(hotPod, 'quick')], inMode(later(hotPod), 'full'))).toThrow(
    expect.objectContaining({
      exit: 'usage',
      message: expect.stringMatching(/newer .*full.* older .*quick/) as string,
      details: expect.objectContaining({ why: expect.any(String), next: expect.stringContaining('full') }) as unknown,
    }),
  )
})

test('of older runs in both modes those of the other mode are left out, and named', () => {
  const history = [inMode(ofDay(1, hotPod), 'full'), inMode(ofDay(2, hotPod), 'quick')]
  expect(diffRuns(history, inMode(later(hotPod), 'full'))).toMatchObject({
    history: [{ startedAt: '2026-11-01T00:00:00.000Z' }],
    older: { mode: 'full' },
    cautions: [expect.stringMatching(/^1 of 2 .*quick/) as string],
  })
})

test('a newer run that began before the older one is named', () => {
  const { cautions } = diffRuns([later(hotPod)], ofDay(2, hotPod))
  expect(cautions).toEqual([expect.stringMatching(/swapped.* 2026-11-02 .* before .* 2026-12-01 /)])
})

const of = (run: Run, labCommit: string | undefined): Run => {
  const environment = { ...run.environment }
  delete environment.labCommit
  return { ...run, environment: labCommit === undefined ? environment : { ...environment, labCommit } }
}

test('another commit of the lab is named, also where one run did not record it, or both had changes that no commit has', () => {
  const between = (older: string | undefined, newer: string | undefined) =>
    diffRuns([of(hotPod, older)], of(later(hotPod), newer))
  const diff = between('aaa', 'bbb')
  expect(diff.cautions).toEqual([expect.stringContaining('commit of the lab: aaa → bbb')])
  expect(diff.environment).toContainEqual({ what: 'lab commit', older: 'aaa', newer: 'bbb' })
  expect(between(undefined, 'bbb').cautions).toEqual([expect.stringContaining('not recorded → bbb')])
  expect(between('aaa-dirty', 'aaa-dirty').cautions).toEqual([expect.stringMatching(/uncommitted.*aaa-dirty/)])
  expect(between('aaa', 'aaa').cautions).toEqual([])
  expect(between(undefined, undefined).cautions).toEqual([])
})

test('another machine is named, with what of it differs', () => {
  const { environment } = hotPod
  const newer = {
    ...later(hotPod),
    environment: { ...environment, host: { ...environment.host, cpus: 64, cpuModel: 'another one' } },
  }
  const { cautions } = diffRuns([hotPod], newer)
  expect(cautions).toEqual([
    expect.stringContaining(`CPUs ${environment.host.cpus} → 64, CPU ${environment.host.cpuModel} → another one`),
  ])
})

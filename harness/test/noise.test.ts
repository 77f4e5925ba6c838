// What a cluster test makes of a run in which an arm is not as expected: the machine's noise, or a fault of the lab.
import { median } from 'simple-statistics'
import { expect, test } from 'vitest'
import { judgeRun, measuredOf } from '../judge/judge-run.ts'
import type { Run } from '../model/run.ts'
import { disturbance } from './cluster/noise.ts'
import { loadFaults } from '../load/self-check.ts'
import type { LoadResult, Trial } from '../model/trial.ts'
import { hotPod, throttling } from './fixtures/accepted-runs.ts'

const arm = 'remove-limit'
const p99 = (name: string): number =>
  median(
    (throttling.scenarios[0]?.trials ?? []).flatMap(({ arm: of, metrics }) => (of === name ? (metrics.latency_p99 ?? []) : [])),
  )

interface Case {
  /** The p99 of the second trial of control in each block, as a multiple of the first one's. */
  readonly controlAgain?: number
  readonly incidentMs?: number
}

/** Three blocks in which every p99 of an arm is the arm's middle, but for the fix's, which are so many ms. */
const runWith = (fixMs: readonly number[], { controlAgain = 1, incidentMs = p99('incident') }: Case = {}): Promise<Run> => {
  const msOf = ({ arm: of, block, replica }: Pick<Trial, 'arm' | 'block' | 'replica'>): number => {
    if (of === arm) return fixMs[block] ?? NaN
    return of === 'incident' ? incidentMs : p99(of) * (replica > 0 ? controlAgain : 1)
  }
  const run = measuredOf(throttling)
  return judgeRun({
    ...run,
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      trials: scenario.trials
        .filter(({ block }) => block < fixMs.length)
        .map((trial) => ({
          ...trial,
          metrics: { ...trial.metrics, latency_p99: msOf(trial) },
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

test('a fix without a verdict, as the incident has none for noise, was disturbed with it', async () => {
  const run = await runWith([p99(arm), p99(arm), p99(arm)], { controlAgain: 1.8 })
  expect([run.scenarios[0]?.verdict, verdictOf(run), disturbance(run)]).toEqual([
    'inconclusive',
    'inconclusive',
    expect.stringMatching(
      /^the machine was too noisy: incident: .* \| the machine was too noisy: remove-limit: the incident was not/,
    ),
  ])
})

test('an incident that does not occur is a fault of the lab, and so is a fix without a verdict for that reason', async () => {
  const run = await runWith([p99(arm), p99(arm), p99(arm)], { incidentMs: p99('control') })
  expect([run.scenarios[0]?.verdict, disturbance(run)]).toEqual(['not-reproduced', null])
})

/** The accepted run, but every trial of control was sent late, by a generator like this, on a quiet host. */
const controlLate = (generator: Pick<LoadResult, 'eventLoopDelayUs' | 'cpuUs'>): Promise<Run> => {
  const run = measuredOf(hotPod)
  return judgeRun({
    ...run,
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      trials: scenario.trials.map((trial) => {
        if (trial.arm !== 'control') return trial
        const load = { ...trial.load, ...generator, sendLagUs: { p50: 1_000, p99: 30_000, max: 60_000 } }
        return { ...trial, load, invalid: loadFaults(load, scenario.method.limits) }
      }),
    })),
  })
}
const stoodStill = { eventLoopDelayUs: { p99: 20_000, max: 60_000 }, cpuUs: 6_000_000 }

test('a control that was sent late while its generator waited for a CPU was disturbed, and with it the incident', async () => {
  const run = await controlLate(stoodStill)
  expect(run.scenarios[0]?.verdict).toBe('inconclusive')
  expect(disturbance(run)).toMatch(/the machine was too busy for http2-hot-pod: the control is not healthy/)
})

test('a fix that does not work is a fault of the lab on a busy machine, too', async () => {
  const run = await runWith([p99('incident'), p99('incident'), p99('incident')])
  const busy = await controlLate(stoodStill)
  expect(disturbance({ ...busy, scenarios: [...busy.scenarios, ...run.scenarios] })).toBeNull()
})

test('a generator that is late though its event loop is on time, or that uses a whole CPU, is a fault of the lab', async () => {
  const byItsLogic = await controlLate({ ...stoodStill, eventLoopDelayUs: { p99: 1_000, max: 5_000 } })
  const byItsWork = await controlLate({ ...stoodStill, cpuUs: 15_000_000 })
  expect([disturbance(byItsLogic), disturbance(byItsWork)]).toEqual([null, null])
})

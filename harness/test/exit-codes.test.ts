// From what a run measured to what `lab run` says of it, and its exit code.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { reportRun } from '../cli/runs.ts'
import { judgeRun, measuredOf } from '../judge/judge-run.ts'
import { watchHost } from '../node/host-use.ts'
import { trialFaults } from '../load/self-check.ts'
import type { ArmRun, Run } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import { hotPod, throttling } from './fixtures/accepted-runs.ts'

/** What is printed from now on until the test ends, without colours. The exit code is as before then. */
const listen = (): (() => string) => {
  const before = process.exitCode
  const log = vi.spyOn(console, 'log').mockReturnValue()
  onTestFinished(() => {
    log.mockRestore()
    process.exitCode = before
  })
  return () => stripVTControlCharacters(log.mock.calls.join('\n'))
}

/** What `lab run` says after it measured, where these are the arms and trials of an accepted run: judged and reported as there. */
const reported = async (accepted: Run, arms: readonly string[], trials: (all: readonly Trial[]) => readonly Trial[]) => {
  const printed = listen()
  const { scenarios, ...run } = measuredOf(accepted)
  const changed = scenarios.map((scenario) => ({
    ...scenario,
    arms: scenario.arms.filter(({ name }) => arms.includes(name)),
    trials: trials(scenario.trials.filter(({ block }) => block < 3))
      .filter(({ arm }) => arms.includes(arm))
      .map((trial, order) => ({ ...trial, order })),
  }))
  const judged = await judgeRun({ ...run, scenarios: changed })
  await reportRun(judged, await mkdtemp(join(tmpdir(), 'lab-run-')), 'lines')
  const armOf = (name: string): ArmRun | undefined => judged.scenarios[0]?.arms.find((arm) => arm.name === name)
  return { exitCode: process.exitCode, said: printed(), armOf }
}

const limitsOf = ({ scenarios: [scenario] }: Run) => {
  if (!scenario) throw new Error('the run has no scenario')
  return scenario.method.limits
}

test('a run as it was accepted exits 0: every arm is as expected', async () => {
  const { exitCode, said, armOf } = await reported(hotPod, ['control', 'incident', 'client-side'], (trials) => trials)
  expect(exitCode, said).toBe(0)
  expect(armOf('client-side')).toMatchObject({ verdict: 'fixed', asExpected: true })
})

test('an overloaded generator makes the run inconclusive, and it exits 4', async () => {
  const overloaded = ({ load, ...trial }: Trial): Trial => {
    const short = { ...load, intended: 10_000, sent: 6_500, notSent: 3_500 }
    return { ...trial, load: short, invalid: trialFaults(short, trial.host, limitsOf(hotPod)) }
  }
  const { exitCode, said, armOf } = await reported(hotPod, ['control', 'incident'], (trials) => trials.map(overloaded))
  expect(exitCode, said).toBe(4)
  expect(armOf('control')).toMatchObject({ verdict: 'inconclusive', asExpected: false })
  expect(said).toMatch(/control.* sent 65\.0 % .*limit 99 %/)
})

test('a machine whose cores are all busy with something else gives no verdict, and the reason names what it was', async () => {
  // user nice system idle iowait irq softirq steal of both CPUs, in hundredths of a second; then the nanoseconds that the node used
  const counters = ['cpu 0 0 0 0 0 0 0 0\n0\nnr_throttled 0', 'cpu 1900 0 100 0 0 0 0 0\n2000000000\nnr_throttled 0']
  const counted = await (await watchHost([{ run: async () => counters.shift() ?? '', close: () => {} }]))()
  const host = { ...counted, programs: [{ name: 'chromium', pid: 4711, processes: 6, share: 0.43 }] }
  const busy = (trial: Trial): Trial => ({ ...trial, host, invalid: trialFaults(trial.load, host, limitsOf(throttling)) })
  const arms = ['control', 'incident', 'remove-limit']
  const { exitCode, said, armOf } = await reported(throttling, arms, (trials) => trials.map(busy))
  expect(exitCode, said).toBe(4)
  for (const name of arms) expect(armOf(name)?.verdict).toBe('inconclusive')
  expect(said.split('\n').slice(-2)).toEqual([
    'The machine was too busy for a verdict: processes outside the cluster used 90 % of its CPU time, limit 20 %: chromium (4711 and 5 more) 43 %. ' +
      'Next: stop them, or run it on a quieter machine: npx lab run cpu-limit-throttling --quick --arm remove-limit --blocks 3 takes about 5 min.',
    '3 of 3 arms inconclusive.',
  ])
})

/** The trials of one arm as those of another one, in whose place they are. */
const inPlaceOf =
  (replaced: string, by: string) =>
  (trials: readonly Trial[]): readonly Trial[] => [
    ...trials.filter(({ arm }) => arm !== replaced),
    ...trials.filter(({ arm, replica }) => arm === by && replica === 0).map((trial) => ({ ...trial, arm: replaced })),
  ]

test('a remedy that changes nothing is judged no-effect, and the run exits 1', async () => {
  const arms = ['control', 'incident', 'client-side']
  const { exitCode, said, armOf } = await reported(hotPod, arms, inPlaceOf('client-side', 'incident'))
  expect(exitCode, said).toBe(1)
  expect(armOf('client-side')).toMatchObject({ verdict: 'no-effect', expected: 'fixed', asExpected: false })
  expect(said).toMatch(/client-side.*no effect/)
})

test('an incident arm without the fault is not reproduced, and the run exits 1', async () => {
  const { exitCode, said, armOf } = await reported(hotPod, ['control', 'incident'], inPlaceOf('incident', 'client-side'))
  expect(exitCode, said).toBe(1)
  expect(armOf('incident')).toMatchObject({ verdict: 'not-reproduced', expected: 'reproduced' })
  expect(said).toMatch(/incident.* connected pods before the load 3\.00, not ≤ 1\.00/)
})

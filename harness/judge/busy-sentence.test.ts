import { expect, test } from 'vitest'
import type { MeasuredRun, MeasuredScenario, Run } from '../model/run.ts'
import type { HostUse, Program, Trial } from '../model/trial.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { busyRun } from '../test/fixtures/report/other-runs.ts'
import { judgeRun, measuredOf } from './judge-run.ts'

/** The busy run, with its measurements changed. */
const judged = (
  trial: (trial: Trial) => Trial,
  run: Partial<MeasuredRun> = {},
  scenario: Partial<MeasuredScenario> = {},
): Promise<Run> => {
  const measured = measuredOf(busyRun())
  const scenarios = measured.scenarios.map((each) => ({ ...each, ...scenario, trials: each.trials.map(trial) }))
  return judgeRun({ ...measured, scenarios, ...run })
}

/** A trial on a host that others used as given. */
const on =
  (use: Partial<HostUse>) =>
  (trial: Trial): Trial => ({
    ...trial,
    host: { idle: 0, steal: 0, others: 0, throttledPeriods: 0, ...use },
    invalid: ['so it was'],
  })

const sentenceOf = async (run: Promise<Run>): Promise<string | undefined> => (await run).busy?.sentence

test('a run without a verdict says once which programs took the CPU time, how much, and what to do', () => {
  expect(busyRun().busy).toMatchObject({
    sentence:
      'The machine was too busy for a verdict: processes outside the cluster used 45 to 81 % of its CPU time, limit 35 %: ' +
      'chromium (4711 and 5 more) 42 %, go build (4811) 21 %. ' +
      'Next: stop them, or run it on a quieter machine: npx lab run http2-hot-pod --quick --arm l7-proxy,more-replicas --blocks 2 takes about 4 min.',
    causes: [{ cause: 'others', trials: 10, from: 0.45, to: 0.814, limits: [0.35] }],
  })
})

test('a run with every verdict has no such sentence, though some trials were spoiled', async () => {
  expect(exampleRun()).not.toHaveProperty('busy')
  const run = measuredOf(exampleRun())
  const [scenario] = run.scenarios
  if (!scenario) throw new Error('the example has a scenario')
  const again = scenario.trials.slice(0, 3).map(on({ others: 0.9 }))
  const found = await judgeRun({ ...run, scenarios: [{ ...scenario, trials: [...scenario.trials, ...again] }] })
  expect(found).not.toHaveProperty('busy')
})

test('an older run, which names no programs, has the sentence without them', async () => {
  expect(await sentenceOf(judged(on({ others: 0.9 })))).toMatch(
    /^The machine was too busy for a verdict: processes outside the cluster used 90 % of its CPU time, limit 35 %\. Next: stop them, /,
  )
})

test('what the hypervisor took is not blamed on programs', async () => {
  expect(await sentenceOf(judged((trial) => on({ steal: trial.block === 0 ? 0.12 : 0.3 })(trial)))).toMatch(
    /: the hypervisor took 12 to 30 % of its CPU time for other machines, limit 10 %\. Next: run it when the hypervisor is less busy, or on a machine whose CPUs are its own: npx lab run /,
  )
})

test('both are named where both spoiled trials, first what spoiled more of them', async () => {
  const found = await judged((trial) =>
    on(trial.block === 0 && trial.arm === 'control' ? { others: 0.5 } : { steal: 0.2 })(trial),
  )
  expect(found.busy?.causes.map(({ cause }) => cause)).toEqual(['steal', 'others'])
  expect(found.busy?.sentence).toMatch(
    /: the hypervisor took 20 % of its CPU time for other machines, limit 10 %; and processes outside the cluster used 50 % of its CPU time, limit 35 %\. Next: run it when/,
  )
})

test('a share just above its limit is not printed as the limit', async () => {
  expect(await sentenceOf(judged((trial) => on({ others: trial.block === 0 ? 0.3504 : 0.8 })(trial)))).toContain(
    'used 35.04 to 80.00 % of its CPU time, limit 35.00 %',
  )
})

test('a program has its mean share over the trials, and the process of the last one; those below half a percent are left out', async () => {
  const program = (name: string, pid: number, share: number): Program => ({ name, pid, processes: 1, share })
  const inBlock = [
    [program('cc1', 11, 0.4), program('ld', 12, 0.009), program('a', 1, 0.1), program('b', 2, 0.1), program('c', 3, 0.1)],
    [program('cc1', 21, 0.2), program('a', 4, 0.3), program('b', 5, 0.2)],
  ]
  const found = await judged((trial) => on({ others: 0.9, programs: inBlock[trial.block] ?? [] })(trial))
  expect(found.busy?.sentence).toContain('limit 35 %: cc1 (21) 30 %, a (4) 20 %, b (5) 15 %. Next')
})

test('where some arms have a verdict the others are named, and only what has none is measured again', async () => {
  const but = (names: readonly string[]) =>
    judged((trial) => (names.includes(trial.arm) ? trial : { ...trial, host: { ...trial.host, others: 0.1 }, invalid: [] }))
  expect(await sentenceOf(but(['l7-proxy']))).toMatch(/^The machine was too busy for a verdict of l7-proxy: /)
  expect(await sentenceOf(but(['l7-proxy', 'more-replicas']))).toMatch(
    /^The machine was too busy for a verdict of l7-proxy, more-replicas: /,
  )
  const two = await but(['control'])
  const quiet = measuredOf(exampleRun()).scenarios.map((scenario) => ({ ...scenario, slug: 'another' }))
  expect((await judgeRun({ ...measuredOf(two), scenarios: [...measuredOf(two).scenarios, ...quiet] })).busy?.sentence).toMatch(
    /^The machine was too busy for 4 of 10 verdicts: .*: npx lab run http2-hot-pod --quick --arm l7-proxy,more-replicas --blocks 2\.$/,
  )
})

test('the time to measure again is as designed, with the cluster and without builds', async () => {
  const design = { deployments: [], trials: [], looks: [{ blocks: 2, share: 1 }], seconds: 150, floorSeconds: 90 }
  const phase = (name: 'images' | 'cluster', fromMs: number, toMs: number) => ({
    phase: name,
    lane: 'run',
    scenario: null,
    fromMs,
    toMs,
  })
  const phases = [phase('images', 0, 600_000), phase('cluster', 600_000, 640_000)]
  expect(await sentenceOf(judged((trial) => trial, { phases }, { design }))).toMatch(/ takes about 3 min\.$/)
})

test('a check of an exercise, and a side of a comparison, name no command: another one measures them again', async () => {
  const ofCheck = judged((trial) => trial, { phases: [] })
  const ofSide = judged((trial) => trial, { comparison: { id: 'x', side: 'base' } })
  for (const run of [ofCheck, ofSide]) expect(await sentenceOf(run)).toMatch(/Next: stop them, or run it on a quieter machine\.$/)
})

test('a run that is judged again has the sentence of now, not of then', async () => {
  const run = busyRun()
  expect((await judgeRun(measuredOf(run))).busy).toEqual(run.busy)
  const quiet = exampleRun()
  expect(await judgeRun(measuredOf({ ...quiet, ...(run.busy && { busy: run.busy }) }))).not.toHaveProperty('busy')
})

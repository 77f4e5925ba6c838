import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Run } from '../model/run.ts'
import type { Verdict } from '../model/verdict.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { busyRun, twoScenarioRun } from '../test/fixtures/report/other-runs.ts'
import { answerLines, exitOf, removeRun, writeRun } from './results.ts'

type Arm = readonly [verdict: Verdict, expected: Verdict]

/** A run in which each list is the arms of a scenario. */
const runOf = (scenarios: readonly (readonly Arm[])[], skipped: readonly string[] = []): Run =>
  ({
    scenarios: scenarios.map((arms) => ({
      arms: arms.map(([verdict, expected]) => ({ verdict, expected, asExpected: verdict === expected })),
    })),
    skipped: skipped.map((slug) => ({ slug, title: slug, reason: 'the cluster has no worker node' })),
  }) as unknown as Run

const asExpected: readonly Arm[] = [
  ['healthy', 'healthy'],
  ['reproduced', 'reproduced'],
]
const unexpected: readonly Arm[] = [
  ['healthy', 'healthy'],
  ['not-reproduced', 'reproduced'],
]
const inconclusive: readonly Arm[] = [
  ['healthy', 'healthy'],
  ['inconclusive', 'reproduced'],
]

test('a run in which every scenario was skipped has shown nothing: exit 3', () => {
  expect(exitOf(runOf([], ['missing-priority-class']))).toBe(3)
})

test('what was skipped does not change the exit of what was run', () => {
  expect(exitOf(runOf([asExpected], ['missing-priority-class']))).toBe(0)
  expect(exitOf(runOf([unexpected], ['missing-priority-class']))).toBe(1)
  expect(exitOf(runOf([inconclusive], ['missing-priority-class']))).toBe(4)
})

test('an unexpected verdict outweighs an inconclusive one, in whichever scenario it is', () => {
  expect(exitOf(runOf([inconclusive, asExpected]))).toBe(4)
  expect(exitOf(runOf([inconclusive, unexpected]))).toBe(1)
  expect(exitOf(runOf([unexpected, inconclusive]))).toBe(1)
})

test('an arm that is expected to be harmed, or not to be reproduced, is no surprise when it is', () => {
  expect(exitOf(runOf([[...asExpected, ['harmed', 'harmed'], ['not-reproduced', 'not-reproduced']]]))).toBe(0)
})

test('the terminal ends with a line for each surprise, what contradicts first, and then with the verdict of the run', () => {
  const changed = new Map<string, Verdict>([
    ['l7-proxy', 'inconclusive'],
    ['client-side', 'mitigated'],
  ])
  const run = exampleRun()
  const scenarios = run.scenarios.map((scenario) => ({
    ...scenario,
    arms: scenario.arms.map((arm) => {
      const verdict = changed.get(arm.name)
      return verdict ? { ...arm, verdict, asExpected: false, reason: `${arm.name} has its\nreasons` } : arm
    }),
  }))
  const skipped = [{ slug: 'missing-priority-class', title: 'x', reason: 'the cluster has no worker node' }]
  expect(answerLines({ ...run, scenarios, skipped })).toEqual([
    'http2-hot-pod, client-side: mitigated, not fixed: client-side has its reasons',
    'http2-hot-pod, l7-proxy: inconclusive, not fixed: l7-proxy has its reasons',
    '1 of 6 arms not as expected, 1 inconclusive. 1 scenario skipped.',
  ])
  expect(answerLines(run)).toEqual(['All 6 arms as expected.'])
})

test('of a run on a busy machine the terminal has one sentence, whatever the number of arms; other surprises keep their lines', () => {
  const run = busyRun()
  expect(answerLines(run)).toEqual([run.busy?.sentence, '4 of 4 arms inconclusive.'])
  const arms = run.scenarios.flatMap((scenario) => scenario.arms)
  const other = arms
    .map(({ because: _because, ...arm }) => ({ ...arm, verdict: 'worse' as const, reason: 'so it is' }))
    .slice(0, 1)
  const mixed = run.scenarios.map((scenario) => ({ ...scenario, arms: [...scenario.arms.slice(1), ...other] }))
  expect(answerLines({ ...run, scenarios: mixed })).toEqual([
    'http2-hot-pod, control: worse, not healthy: so it is',
    run.busy?.sentence,
    '1 of 4 arms not as expected, 3 inconclusive.',
  ])
})

test('pages of an earlier run with other scenarios are gone once another run is written there, and so they are when it is judged again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reports-'))
  const several = twoScenarioRun()
  await writeRun(several, folder)
  const all = await readdir(folder)
  expect(all).toEqual(expect.arrayContaining(['http2-hot-pod.html', 'cpu-limit-throttling.html', 'cpu-limit-throttling.md']))
  await writeRun(several, folder)
  expect(await readdir(folder)).toEqual(all)
  await writeFile(join(folder, 'notes.md'), 'mine')
  await writeRun(exampleRun(), folder)
  expect((await readdir(folder)).toSorted()).toEqual([
    'junit.xml',
    'notes.md',
    'numbers.csv',
    'report.html',
    'report.md',
    'run.json',
    'summary.md',
  ])
})

test('before a run begins in a folder, all of another one goes that it has written there, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reports-'))
  await writeFile(join(folder, 'notes.md'), 'mine')
  await writeRun(twoScenarioRun(), folder)
  await removeRun(folder)
  expect(await readdir(folder)).toEqual(['notes.md'])
})

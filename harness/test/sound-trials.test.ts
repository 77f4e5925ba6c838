import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measuredOf } from '../judge/judge-run.ts'
import { Journal } from '../measure/journal.ts'
import type { Trial } from '../model/trial.ts'
import { latencyMsAt } from '../stats/histogram.ts'
import { hotPod } from './fixtures/accepted-runs.ts'
import { exampleRun } from './fixtures/report/example-run.ts'
import { blocksOfEach, inBlocks, judgeCase } from './fixtures/hot-pod-case.ts'
import { trialOf } from './fixtures/trials.ts'
import { designMismatch } from '../judge/as-its-design.ts'
import { loadMismatches } from '../judge/as-its-load.ts'
import { readMeasured, readRun } from '../judge/read-run.ts'

/** What reading a run says whose trials were changed so; undefined: it is read. */
const refusalOf = async (change: (trial: Trial) => Partial<Trial> | null): Promise<string | undefined> => {
  const run = exampleRun()
  const changed = {
    ...run,
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      trials: scenario.trials.flatMap((trial) => {
        const found = change(trial)
        return found ? [trial, { ...trial, ...found }] : [trial]
      }),
    })),
  }
  const path = join(await mkdtemp(join(tmpdir(), 'lab-run-')), 'run.json')
  await writeFile(path, JSON.stringify(changed))
  const error: unknown = await readRun(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof Error ? error.message : undefined
}
const isFirst = ({ arm, block, replica }: Trial): boolean => arm === 'l7-proxy' && block === 1 && replica === 0

test('a block that counts twice is refused: two valid trials of one arm have its number', async () => {
  expect(await refusalOf((trial) => (isFirst(trial) ? {} : null))).toContain('http2-hot-pod, l7-proxy, block 2: two valid trials')
  expect(await refusalOf((trial) => (isFirst(trial) ? { invalid: ['the host was busy'] } : null))).toBeUndefined()
})

test('an arm whose trials all say block 0 is refused', async () => {
  expect(await refusalOf((trial) => (trial.arm === 'l7-proxy' ? { block: 0 } : null))).toContain('block 1: two valid trials')
})

test('a second trial of another arm than control is refused', async () => {
  expect(await refusalOf((trial) => (isFirst(trial) ? { replica: 1 } : null))).toContain('deployed twice')
})

test('a negative latency is refused', async () => {
  const negative = (trial: Trial): Partial<Trial> => ({ block: 99, metrics: { ...trial.metrics, latency_p99: -5 } })
  expect(await refusalOf((trial) => (isFirst(trial) ? negative(trial) : null))).toContain('latency_p99 is negative')
  const load = (trial: Trial): Partial<Trial> => ({
    block: 99,
    load: { ...trial.load, latencyUs: { p50: -5, p90: 1, p99: 1, p999: 1, max: 1 } },
  })
  expect(await refusalOf((trial) => (isFirst(trial) ? load(trial) : null))).toContain('negative')
})

test('so is a journal with such a trial', async () => {
  const out = await mkdtemp(join(tmpdir(), 'lab-run-'))
  const { scenarios, ...head } = measuredOf(exampleRun())
  const [scenario] = scenarios
  const [trial] = scenario?.trials ?? []
  if (!scenario || !trial) throw new Error('the example has a scenario with trials')
  const journal = new Journal(out)
  await journal.begin({ ...head, finishedAt: null }, { scenarios: [], blocks: null, untilSettled: false, skipUnfit: false })
  await journal.describe({ ...scenario, trials: [] })
  for (const each of [trial, trial]) await journal.trial(scenario.slug, each)
  await expect(readMeasured(out)).rejects.toMatchObject({ message: expect.stringContaining('two valid trials of one arm') })
})

test('a trial that is not in the design of its run is refused by its place, and the trials of the design are read', async () => {
  const [scenario] = exampleRun().scenarios
  if (!scenario) throw new Error('the example has a scenario')
  const trials = scenario.trials.map(({ arm, block, replica }) => ({ arm, block, replica, floorMs: 0 }))
  const design = { deployments: [], trials, looks: [{ blocks: 1, share: 1 }], seconds: 0, floorSeconds: 0 }
  expect(designMismatch({ ...scenario, design })).toBeNull()
  const without = { ...design, trials: trials.filter(({ arm, block }) => arm !== 'l7-proxy' || block !== 1) }
  expect(designMismatch({ ...scenario, design: without })).toMatch(
    /^http2-hot-pod: trial \d+ \(l7-proxy, block 2\) is not in its design$/,
  )
})

test('second trials of another arm are no A/A spread', () => {
  const again = inBlocks('more-replicas', 'latency_p99', [446, 446], { replica: 1 })
  expect(judgeCase([...blocksOfEach(2), ...again]).spread).toEqual({})
})

test('metrics that differ from the load of their trial are named', () => {
  const trial = trialOf('control', { latency_p99: 52, failed_requests: 3 })
  const [scenario] = exampleRun().scenarios
  if (!scenario) throw new Error('the example has a scenario')
  expect(loadMismatches({ scenarios: [{ ...scenario, trials: [trial] }] })).toEqual([
    'http2-hot-pod, control, trial 1: failed_requests is 3, but its load has 0',
  ])
})

// The generator caps a quantile at the exact maximum, which a decoded histogram has rounded up: they differ where both lie in one bucket.
test('a quantile of the tail is compared with the histogram of its trial, which it is read from', () => {
  const [scenario] = hotPod.scenarios
  const recorded = scenario?.trials.find(({ load }) => load.latencyUs !== null)
  if (!scenario || !recorded?.load.latencyUs) throw new Error('the accepted run has no trial with a reply')
  const [p90, p95] = [90, 95].map((percentile) => latencyMsAt(recorded.load.latencyHistogram, percentile))
  const load = { ...recorded.load, latencyUs: { ...recorded.load.latencyUs, p90: recorded.load.latencyUs.p90 - 16 } }
  const mismatches = (metrics: Record<string, number>) =>
    loadMismatches({ scenarios: [{ ...scenario, trials: [{ ...recorded, load, metrics }] }] })
  expect(mismatches({ latency_p95: p95 ?? NaN, latency_p90: p90 ?? NaN })).toEqual([])
  expect(mismatches({ latency_p95: (p95 ?? NaN) / 2 })).toEqual([expect.stringContaining(`but its load has ${p95}`)])
})

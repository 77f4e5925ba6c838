// `lab diff` as it is called: what it prints, and how it ends.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffRuns } from '../../diff/diff-runs.ts'
import type { RunDiff } from '../../diff/run-diff.ts'
import type { Run } from '../../model/run.ts'
import type { Trial } from '../../model/trial.ts'
import { throttling } from '../../test/fixtures/accepted-runs.ts'
import { labHere } from '../../test/fixtures/lab-command.ts'
import { exitUnknownOnError } from '../commands/diff.ts'

const written = async (run: Run): Promise<string> => {
  const path = join(await mkdtemp(join(tmpdir(), 'lab-diff-')), 'run.json')
  await writeFile(path, JSON.stringify(run))
  return path
}

/** Three arms are enough to be compared: of more each of the many `lab diff` would only take longer. */
const first: Run = {
  ...throttling,
  scenarios: throttling.scenarios.map((scenario) => ({
    ...scenario,
    arms: scenario.arms.filter(({ name }) => ['control', 'incident', 'raise-limit'].includes(name)),
    trials: scenario.trials.filter(({ arm }) => ['control', 'incident', 'raise-limit'].includes(arm)),
  })),
}
/** The run as if begun on a day, with other metrics of the trials of some arms. */
const runOf = (day: string, isChanged: (arm: string) => boolean, change: (metrics: Trial['metrics']) => Trial['metrics']) => {
  const changed = (trial: Trial): Trial => (isChanged(trial.arm) ? { ...trial, metrics: change(trial.metrics) } : trial)
  const scenarios = first.scenarios.map((scenario) => ({ ...scenario, trials: scenario.trials.map(changed) }))
  return written({ ...first, startedAt: `${day}T00:00:00.000Z`, scenarios })
}

/** Three runs that scatter by 3 %. */
const older = await Promise.all(
  [0.97, 1, 1 / 0.97].map((times, index) =>
    runOf(
      `2026-11-0${index + 1}`,
      (arm) => arm !== 'control',
      ({ latency_p50 = NaN, latency_p99 = NaN, ...metrics }) => ({
        ...metrics,
        latency_p50: latency_p50 * times,
        latency_p99: latency_p99 * times,
      }),
    ),
  ),
)
const [one = ''] = older

const later = (of: string, change: (metrics: Trial['metrics']) => Trial['metrics']): Promise<string> =>
  runOf('2026-12-01', (arm) => arm === of, change)
const slower = () => later('incident', ({ latency_p99 = NaN, ...metrics }) => ({ ...metrics, latency_p99: 2.2 * latency_p99 }))

test('exits 0 where nothing got worse', async () => {
  const { exitCode, stdout } = await labHere('diff', ...older, await later('incident', (metrics) => metrics))
  expect([exitCode, stdout.split('\n')[0]]).toEqual([0, 'Nothing got worse beyond noise.'])
})

test('exits 1 for a regression, and begins with the arm', async () => {
  const { exitCode, stdout } = await labHere('diff', ...older, await slower())
  expect([exitCode, stdout.split('\n')[0]]).toEqual([1, 'Regressed: cpu-limit-throttling (incident).'])
})

test('exits 4 where there is no answer', async () => {
  const sick = await later('control', (metrics) => ({ ...metrics, throttled_periods: 5 }))
  const { exitCode, stdout } = await labHere('diff', ...older, sick)
  expect(exitCode, stdout).toBe(4)
})

test('exits 4 with fewer than three older runs: no metric is judged', async () => {
  const { exitCode, stdout } = await labHere('diff', one, await slower())
  expect([exitCode, stdout.split('\n')[0]]).toEqual([4, expect.stringMatching(/^Inconclusive: the lab needs 3 older runs/)])
})

test('the text says which change the comparison would have found', async () => {
  const { stdout } = await labHere('diff', ...older, await later('incident', (metrics) => metrics))
  expect(stdout).toMatch(/Smallest ratio that this comparison finds in 90 % of cases\n.*latency_p50: 1\.\d\d \(2 judged\)/)
})

test.each([
  ['itself', one, 'Both are the same run'],
  ['a full run beside a quick one', 'reports/accepted/http2-hot-pod', 'The newer run is full, and the older run is quick'],
  ['no run', '/no/such/run', 'cannot be read as a run'],
])('exits 2 for what it cannot lay side by side: %s', async (_, newer, why) => {
  const { exitCode, stderr } = await labHere('diff', one, newer)
  expect(exitCode, stderr).toBe(2)
  expect(stderr).toContain(why)
})

test('a regression that is acknowledged exits 0, with the reason; a file that cannot be read exits 2, with the line', async () => {
  const known = join(await mkdtemp(join(tmpdir(), 'lab-known-')), 'known.yaml')
  const entry = '- scenario: cpu-limit-throttling\n  arm: incident\n  reason: cheaper machines\n'
  await writeFile(known, `${entry}  until: 2026-12-31\n`)
  const { exitCode, stdout } = await labHere('diff', ...older, await slower(), '--acknowledged', known)
  expect(exitCode, stdout).toBe(0)
  expect(stdout).toContain('acknowledged until 2026-12-31: cheaper machines;')
  expect(stdout.split('\n')[0]).toBe('Worse beyond noise, but acknowledged: cpu-limit-throttling (incident).')
  await writeFile(known, `${entry}  until: soon\n`)
  const refused = await labHere('diff', ...older, await slower(), '--acknowledged', known)
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain(`${known}:4: until: `)
})

test('one run alone is exit 2, and says what to name', async () => {
  const { exitCode, stderr } = await labHere('diff', one)
  expect(exitCode, stderr).toBe(2)
  expect(stderr).toContain('next: name two or more, the newer one last')
})

test('--json has each metric that was compared', async () => {
  const json = JSON.parse((await labHere('diff', ...older, await slower(), '--json')).stdout) as RunDiff
  expect(json.scenarios[0]?.arms.find(({ name }) => name === 'incident')?.metrics).toContainEqual(
    expect.objectContaining({ metric: 'latency_p99', answer: 'worse' }),
  )
})

test('a failure of the comparison is no regression: it exits as inconclusive, with where it failed', async () => {
  const broken = { ...first, startedAt: '2026-12-01T00:00:00.000Z', environment: null } as unknown as Run
  const options = { acknowledged: [], limit: 1.3, allowMissing: false }
  await expect(exitUnknownOnError(async () => void diffRuns([first], broken, options))).rejects.toMatchObject({
    message: 'The runs could not be compared',
    exit: 'inconclusive',
    details: {
      why: expect.stringContaining('labCommit') as unknown,
      evidence: expect.arrayContaining([expect.stringContaining('diff-runs.ts')]) as unknown,
      next: expect.stringContaining('`lab judge`') as unknown,
    },
  })
})

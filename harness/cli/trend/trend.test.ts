// `lab trend` as it is called: it reads folders of runs, and is a report.
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { RunTrend } from '../../diff/run-trend.ts'
import type { Run } from '../../model/run.ts'
import type { Trial } from '../../model/trial.ts'
import { labHere, root } from '../../test/fixtures/lab-command.ts'

let folder = ''

/** Three arms are enough: each of the others would be judged sixteen times. */
const isShown = (arm: string): boolean => ['control', 'incident', 'raise-limit'].includes(arm)

/** Eight runs in a folder, a day each; from the fifth on the incident's p99 is half as much again. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-trend-'))
  const run = JSON.parse(await readFile(join(root, 'reports/accepted/cpu-limit-throttling/run.json'), 'utf8')) as Run
  for (let day = 1; day <= 8; day++) {
    const times = (day < 5 ? 1 : 1.5) * (1 + 0.002 * day)
    const changed = ({ arm, metrics: { latency_p99: p99 = NaN, ...others }, ...trial }: Trial): Trial => ({
      ...trial,
      arm,
      metrics: { ...others, latency_p99: arm === 'incident' ? times * p99 : p99 },
    })
    const scenarios = run.scenarios.map(({ arms, trials, ...scenario }) => ({
      ...scenario,
      arms: arms.filter(({ name }) => isShown(name)),
      trials: trials.filter(({ arm }) => isShown(arm)).map(changed),
    }))
    await mkdir(join(folder, `run-${day}`))
    await writeFile(
      join(folder, `run-${day}`, 'run.json'),
      JSON.stringify({ ...run, startedAt: `2026-12-0${day}T00:00:00.000Z`, scenarios }),
    )
  }
})

test('a folder of runs is a trend: what changed is dated, drawn into a page, and the exit code is 0', async () => {
  const page = join(folder, 'trend.html')
  const { exitCode, stdout, stderr } = await labHere('trend', folder, '--html', page)
  expect(exitCode, stderr).toBe(0)
  expect(stdout).toMatch(/incident, latency_p99 ✗ worse\n.* worse by \+51\.\d\s% since 5 December 2026, 00:00 UTC, run 5/)
  expect(stdout).toMatch(/▁.*█/)
  expect(await readFile(page, 'utf8')).toContain('since 5 December 2026')
}, 60_000)

test('--json has each value; runs can be named one by one', async () => {
  const { stdout } = await labHere('trend', ...[8, 7, 6, 5, 4, 3, 2, 1].map((day) => join(folder, `run-${day}`)), '--json')
  const { runs, metrics } = JSON.parse(stdout) as RunTrend
  expect(runs.map(({ startedAt }) => startedAt.slice(8, 10))).toEqual(['01', '02', '03', '04', '05', '06', '07', '08'])
  expect(metrics.find(({ arm, metric }) => arm === 'incident' && metric === 'latency_p99')?.points).toHaveLength(8)
}, 60_000)

test.each([
  ['/no/such/folder', 'cannot be read as a folder of runs'],
  ['docs', 'docs contains no run'],
  ['reports/accepted/http2-hot-pod', 'A trend needs 6 complete runs, and only 1 were found'],
])('exits 2 for what is no trend: %s', async (path, why) => {
  const { exitCode, stderr } = await labHere('trend', path)
  expect(exitCode, stderr).toBe(2)
  expect(stderr).toContain(why)
})

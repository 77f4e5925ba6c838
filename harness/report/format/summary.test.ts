// The summary is short whatever the run holds, and says first what went wrong. Goldens: vitest run harness/report -u
import { readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Run } from '../../model/run.ts'
import type { ArmRun } from '../../model/run.ts'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { busyRun, cutOffRun, hostileEpisodeRun, hostileRun, twoScenarioRun } from '../../test/fixtures/report/other-runs.ts'
import { limit } from '../write/fitting.ts'
import { summary } from './summary.ts'

const accepted = resolve(import.meta.dirname, '../../../reports/accepted')

/** All accepted runs as one. */
const joined = async (): Promise<Run> => {
  const texts = await Promise.all((await readdir(accepted)).map((slug) => readFile(join(accepted, slug, 'run.json'), 'utf8')))
  const runs = texts.map((text) => Run.parse(JSON.parse(text)))
  const [first] = runs
  if (!first) throw new Error('there are accepted runs')
  return { ...first, scenarios: runs.flatMap(({ scenarios }) => scenarios) }
}
const all = await joined()

const withArms = (run: Run, change: (arm: ArmRun) => ArmRun): Run => ({
  ...run,
  scenarios: run.scenarios.map((scenario) => ({ ...scenario, arms: scenario.arms.map(change) })),
})

/** So many copies of the scenarios, each with a name of its own. */
const times = (run: Run, copies: number): Run => ({
  ...run,
  scenarios: Array.from({ length: copies }, (_, copy) =>
    run.scenarios.map((scenario) => ({ ...scenario, slug: `${scenario.slug}-${copy}` })),
  ).flat(),
})

const long = 'latency p99 446 ms, not ≤ 67.6 ms '.repeat(100)
const surprised = (arm: ArmRun): ArmRun => ({ ...arm, verdict: 'worse', expected: 'fixed', asExpected: false, reason: long })

const firstLine = (run: Run): string | undefined => summary(run).split('\n')[0]
const rowsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
const rows = (run: Run): string[] => rowsOf(summary(run))

/** The example with verdicts of one's own choice. */
const judged = (verdicts: Record<string, ArmRun['verdict']>): Run =>
  withArms(exampleRun(), (arm) => {
    const verdict = verdicts[arm.name] ?? arm.verdict
    return { ...arm, verdict, asExpected: verdict === arm.expected }
  })

describe('the summary', () => {
  it.each([
    ['summary.md', twoScenarioRun()],
    ['summary-cut-off.md', cutOffRun()],
    ['summary-busy.md', busyRun()],
    ['summary-episodes.md', episodeRun()],
  ])('is the golden file %s', async (file, run) => {
    await expect(summary(run)).toMatchFileSnapshot(`../../test/fixtures/report/${file}`)
  })

  it('says first what the verdict of the run is', () => {
    expect(firstLine(exampleRun())).toBe('**All 6 arms as expected.**')
    expect(firstLine(judged({ 'l7-proxy': 'worse', 'client-side': 'inconclusive', 'more-replicas': 'fixed' }))).toBe(
      '**2 of 6 arms not as expected, 1 inconclusive.**',
    )
    expect(firstLine(judged({ 'l7-proxy': 'inconclusive' }))).toBe('**1 of 6 arms inconclusive.**')
    expect(firstLine(cutOffRun())).toMatch(/^\*\*6 of 6 arms inconclusive\. This run was interrupted and is incomplete\./)
    expect(firstLine({ ...exampleRun(), scenarios: [] })).toBe('**No arm was judged.**')
    expect(firstLine(episodeRun())).toMatch(/^\*\*All \d+ arms as expected\. \d scenarios? skipped\.\*\*$/)
  })

  it('has a row for each scenario: failures first, then what got no answer, what was skipped and what passed', () => {
    const one = (slug: string, run: Run): Run['scenarios'] => run.scenarios.map((scenario) => ({ ...scenario, slug }))
    const run = {
      ...exampleRun(),
      scenarios: [
        ...one('good', exampleRun()),
        ...one('open', judged({ 'l7-proxy': 'inconclusive' })),
        ...one('bad', judged({ 'l7-proxy': 'worse', 'client-side': 'inconclusive' })),
      ],
      skipped: [{ slug: 'absent', title: 'Absent', reason: 'no room' }],
    }
    expect(rows(run).map((row) => row.split(' | ').slice(0, 2).join(' '))).toEqual([
      '| **bad** ✕ **failed**',
      '| **open** ? **inconclusive**',
      '| **absent** ⊘ **skipped**',
      '| **good** ✓ **passed**',
    ])
  })

  it('says what helps, what does not, and the evidence', () => {
    expect(rows(judged({ 'client-side': 'worse' }))[0]?.replaceAll('\u00a0', ' ')).toBe(
      '| **http2-hot-pod** | ✕ **failed** | Reproduced: one of 3 pods gave 100 % of the replies, and 516 requests failed. | l7-proxy | more-replicas and client-side (makes it worse) | quick · 2 blocks · 2,880 requests an arm |',
    )
    expect(rows(cutOffRun())[0]).toMatch(/\| quick · 0–1 blocks? · 0–1,440 requests an arm \|$/)
    expect(rows(episodeRun()).at(-1)).toMatch(/\| \w+ · 3 episodes an arm \|$/)
  })

  it('gives each surprise a line with its reason, and cuts what is long', () => {
    const run = withArms(exampleRun(), (arm) => (arm.name === 'l7-proxy' ? surprised(arm) : arm))
    const lines = summary(run)
      .split('\n')
      .filter((line) => line.startsWith('- '))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^- \*\*http2-hot-pod, l7-proxy\*\*: worse, not fixed: latency p99 446 ms, not ≤ .*…$/)
    expect(lines[0]?.length).toBeLessThan(330)
  })

  it('shows all accepted runs whole', () => {
    expect(rows(all)).toHaveLength(all.scenarios.length)
    expect(summary(all)).not.toMatch(/left out/)
  })

  it.each([
    ['all accepted runs', all],
    ['all accepted runs, with a long reason for each arm', withArms(all, surprised)],
    ['thirty times as many', times(all, 30)],
    ['thirty times as many, with a long reason for each arm', times(withArms(all, surprised), 30)],
    ['a hostile run', hostileRun()],
    ['a hostile run, thirty times', times(hostileRun(), 30)],
    ['hostile episodes', hostileEpisodeRun()],
    [
      'names longer than the summary',
      {
        ...exampleRun(),
        scenarios: exampleRun().scenarios.map((scenario) => ({ ...scenario, slug: '<&>'.repeat(20_000), complete: false })),
        environment: { ...exampleRun().environment, kubernetes: '<'.repeat(20_000), labVersion: '&'.repeat(20_000) },
        skipped: Array.from({ length: 500 }, () => ({ slug: '<'.repeat(900), title: '', reason: '&'.repeat(900) })),
      },
    ],
  ])('is shorter than 10,000 characters for %s', (_, run) => {
    const text = summary(run)
    expect(text.length).toBeLessThan(limit)
    expect(text).toContain('Reproduce this:')
    expect(text).toContain('`report.md`')
  })

  it('shortens reasons before it leaves out a scenario', () => {
    const run = { ...all, scenarios: [...withArms(all, surprised).scenarios.slice(1), ...all.scenarios.slice(0, 1)] }
    const lines = summary(run)
      .split('\n')
      .filter((line) => line.startsWith('- '))
    expect(rows(run)).toHaveLength(all.scenarios.length)
    expect(lines).toHaveLength(run.scenarios.flatMap(({ arms }) => arms.filter(({ asExpected }) => !asExpected)).length)
    expect(rows(run).at(-1)).toContain('**passed**')
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(250)
  })

  it('leaves out scenarios that passed rather than one that failed, and says how many', () => {
    const [failing] = withArms(exampleRun(), (arm) => (arm.name === 'l7-proxy' ? surprised(arm) : arm)).scenarios
    if (!failing) throw new Error('the example has a scenario')
    const run = { ...all, scenarios: [...times(all, 30).scenarios, failing] }
    const text = summary(run)
    const shown = rowsOf(text)
    expect(shown[0]).toMatch(/^\| \*\*http2-hot-pod\*\* \| ✕ \*\*failed\*\* \|/)
    expect(shown.length).toBeGreaterThan(10)
    expect(text).toContain(`${run.scenarios.length - shown.length} scenarios that passed are omitted here`)
  })

  it.each([hostileRun(), hostileEpisodeRun()])('lets no HTML through, and keeps the columns', (run) => {
    const text = summary(run)
    expect(text.replace(/^```sh\n[^]*?\n```$/gm, '')).not.toMatch(/<(script|img)/)
    expect(new Set(rows(run).map((row) => row.replaceAll('\\|', '').split('|').length))).toEqual(new Set([8]))
  })
})

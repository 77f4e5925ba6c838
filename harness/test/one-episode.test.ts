// One episode of an arm is no evidence of a rate, and no report reads as if it were.
import { expect, test } from 'vitest'
import { judgeRun, measuredOf } from '../judge/judge-run.ts'
import type { Run } from '../model/run.ts'
import { csv } from '../report/format/csv.ts'
import { html } from '../report/format/html.ts'
import { markdown } from '../report/format/markdown.ts'
import { summary } from '../report/format/summary.ts'
import { evicted } from './fixtures/accepted-runs.ts'

/** The accepted run with so many episodes of each arm. */
const runOf = (episodes: number): Promise<Run> => {
  const run = measuredOf(evicted)
  const scenarios = run.scenarios.map((scenario) => ({
    ...scenario,
    method: { ...scenario.method, blocks: episodes },
    trials: scenario.trials.filter(({ block }) => block < episodes),
  }))
  return judgeRun({ ...run, mode: episodes === 1 ? 'quick' : 'full', scenarios })
}
const textsOf = (run: Run): string =>
  [...markdown(run), ...html(run), { text: summary(run) }, { text: csv(run) }]
    .map(({ text }) => text)
    .join('\n')
    .replaceAll('\u00a0', ' ')

test('of one episode the report says "once", and prints no interval of a share', async () => {
  const said = textsOf(await runOf(1))
  expect(said).toContain('reproduced once; shown')
  expect(said).toContain('Below the verdict: once. One episode shows that something can happen, not how often.')
  expect(said).not.toMatch(/1 of 1 episodes|in 1 of 1|\[2–100 %\]|Clopper/)
})

test('of several it says how many, with the exact interval', async () => {
  const said = textsOf(await runOf(5))
  expect(said).toContain('5 of 5 episodes')
  expect(said).toMatch(/\[48–100 %\]/)
})

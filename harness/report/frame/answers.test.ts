// The first screen: four answers, three pictures, and what is not as expected before them.
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { throttling } from '../../test/fixtures/accepted-runs.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { cutOffRun, twoScenarioRun } from '../../test/fixtures/report/other-runs.ts'
import type { Run } from '../../model/run.ts'
import { html } from '../format/html.ts'
import { verdictLines } from './verdict-lines.ts'

const pageOf = (run: Run) => parseHTML(html(run)[0]?.text ?? '').document
const textOf = (element: { textContent: string | null } | undefined): string =>
  (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim()

test('what broke, what fixes it, what it costs and whether to trust it stand before anything else', () => {
  const page = pageOf(exampleRun())
  const answers = [...page.querySelectorAll('article > section:first-of-type .answer')].map(textOf)
  expect([...page.querySelectorAll('.answer h3')].map(textOf)).toEqual([
    'What broke',
    'What fixes it',
    'What it costs',
    'Can I trust it?',
  ])
  expect(answers[0]).toMatch(/top share: 100 % healthy: 34\.4 %/)
  expect(answers[1]).toMatch(/l7-proxy .*client-side .*more-replicas changes nothing/)
  expect(answers[3]).toMatch(/All 6 arms as expected\. Quick · 2 blocks/)
})

test('three pictures have one scale: the failures of the incident, or without failures its latency', () => {
  for (const [run, of] of [
    [exampleRun(), /failed downwards/],
    [throttling, /p99 latency of the client/],
  ] as const) {
    const page = pageOf(run)
    expect([...page.querySelectorAll('.tiles h3')].map((each) => textOf(each).split(' ')[0])).toEqual([
      'Healthy',
      'Broken',
      'Fixed',
    ])
    expect(textOf([...page.querySelectorAll('.tiles + .note')][0])).toMatch(of)
  }
})

test('a run without a trial of the incident has no picture, and says that nothing was measured', () => {
  const [scenario] = cutOffRun().scenarios
  if (!scenario) throw new Error('the run has a scenario')
  const page = pageOf({
    ...cutOffRun(),
    scenarios: [{ ...scenario, trials: [], arms: scenario.arms.map((arm) => ({ ...arm, metrics: {} })) }],
  })
  expect(page.querySelector('svg.tile')).toBeNull()
  expect(textOf([...page.querySelectorAll('.answer')][0])).toContain('The incident was not measured.')
})

test('an arm that is not as expected comes first, with what was measured, what was allowed and how to repeat it alone', () => {
  const files = html(twoScenarioRun())
  const row = textOf(parseHTML(files[2]?.text ?? '').document.querySelectorAll('article tbody tr')[0])
  expect(row).toMatch(/^remove-limit.*worse ≠ expected fixed.*npx lab run cpu-limit-throttling --quick --arm remove-limit/)
})

test('in a terminal a scenario has two lines, and what needs a look is the last', () => {
  const lines = verdictLines(twoScenarioRun(), 300)
  expect(lines.map((line) => line.slice(0, 30))).toEqual(
    ['✓ http2-hot-pod (passed): Repr', '  fixes: l7-proxy (', '✕ cpu-limit-throttling (failed', '  fixes: '].map(
      (start) => expect.stringContaining(start.trim()) as unknown as string,
    ),
  )
  for (const width of [40, 80])
    for (const line of verdictLines(twoScenarioRun(), width)) expect(line.length).toBeLessThanOrEqual(width)
})

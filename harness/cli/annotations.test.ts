import { expect, test } from 'vitest'
import type { Run, ScenarioRun } from '../model/run.ts'
import type { Verdict } from '../model/verdict.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { busyRun } from '../test/fixtures/report/other-runs.ts'
import { annotations } from './annotations.ts'

/** The example's scenario under this name, with what became of these arms instead. */
const scenario = (slug: string, changed: Readonly<Record<string, Verdict>> = {}, reason = 'the reason'): ScenarioRun => {
  const [example] = exampleRun().scenarios
  if (!example) throw new Error('the example has no scenario')
  const arms = example.arms.map((arm) => {
    const verdict = changed[arm.name]
    return verdict === undefined ? { ...arm, asExpected: true } : { ...arm, verdict, asExpected: false, reason }
  })
  return { ...example, slug, arms }
}
const runOf = (...scenarios: readonly ScenarioRun[]): Run => ({ ...exampleRun(), scenarios: [...scenarios], skipped: [] })

test('a run that is as expected has nothing to annotate', () => {
  expect(annotations(runOf(scenario('good')))).toEqual([])
})

test('a scenario with an arm that contradicts is one error, with a line for each of its arms; one without an answer is a warning', () => {
  const failed = scenario('failed', { 'l7-proxy': 'mitigated', 'client-side': 'inconclusive' })
  expect(annotations(runOf(failed, scenario('open', { 'l7-proxy': 'inconclusive' })))).toEqual([
    '::error title=failed failed::l7-proxy: mitigated, not fixed: the reason%0Aclient-side: inconclusive, not fixed: the reason',
    '::warning title=open is inconclusive::l7-proxy: inconclusive, not fixed: the reason',
  ])
})

test('a scenario that was skipped is a notice, and a run that was cut off an error', () => {
  const skipped = [{ slug: 'skipped', title: 'Skipped', reason: 'the cluster has no worker node' }]
  expect(annotations({ ...runOf(scenario('good')), skipped, finishedAt: null })).toEqual([
    expect.stringContaining('::error title=The run was cut off::'),
    '::notice title=skipped was skipped::the cluster has no worker node',
  ])
})

test('a busy machine is one warning, with what to do, however many arms it left without a verdict', () => {
  const [line, ...others] = annotations(busyRun())
  expect(others).toEqual([])
  expect(line).toMatch(
    /^::warning title=The machine was too busy::The machine was too busy for a verdict: .* takes about 4 min\.$/,
  )
})

test('what a reason quotes ends neither its line nor a property: percent signs, line ends, colons and commas are escaped', () => {
  const [line] = annotations(runOf(scenario('a,b:c', { 'l7-proxy': 'mitigated' }, '100 % of it\n::error::not a command')))
  expect(line).toMatch(/^::error title=a%2Cb%3Ac failed::l7-proxy: mitigated, not fixed: 100 %25 of it/)
  expect(line).not.toContain('\n')
})

test('GitHub shows ten of each level for a step: of twelve failed scenarios nine are shown, and the tenth line counts the others', () => {
  const many = Array.from({ length: 12 }, (_, index) => scenario(`s${index}`, { 'l7-proxy': 'worse' }))
  const lines = annotations(runOf(...many))
  expect(lines).toHaveLength(10)
  expect(lines.at(-1)).toBe('::error title=3 scenarios more::s9 failed%0As10 failed%0As11 failed')
})

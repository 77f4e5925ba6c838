// The JUnit file can be parsed, counts right and tells what failed from what has no answer. Goldens: vitest run harness/report -u
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { ArmRun, Run } from '../../model/run.ts'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { busyRun, cutOffRun, hostileEpisodeRun, hostileRun, twoScenarioRun } from '../../test/fixtures/report/other-runs.ts'
import { throttlingRun } from '../../test/fixtures/report/throttling-run.ts'
import { withoutForbidden } from '../write/xml-characters.ts'
import { junit } from './junit.ts'

const Found = z.object({ type: z.string().optional(), message: z.string(), '#text': z.string().optional() })
const Counts = {
  tests: z.coerce.number(),
  failures: z.coerce.number(),
  errors: z.coerce.number(),
  time: z.coerce.number(),
}
const Case = z.object({
  classname: z.string(),
  name: z.string(),
  time: z.coerce.number(),
  failure: Found.optional(),
  error: Found.optional(),
  skipped: Found.optional(),
})
const Suite = z.object({
  name: z.string(),
  ...Counts,
  skipped: z.coerce.number(),
  timestamp: z.iso.datetime(),
  properties: z.object({ property: z.array(z.object({ name: z.string(), value: z.string() })) }),
  testcase: z.array(Case),
})
/** Jenkins' schema lets the root have no other attribute. */
const Root = z.strictObject({ '#text': z.string().optional(), name: z.string(), ...Counts, testsuite: z.array(Suite) })
const Document = z.object({ testsuites: Root })

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
})

const parsed = (run: Run): z.infer<typeof Document>['testsuites'] => {
  const text = junit(run)
  expect(XMLValidator.validate(text)).toBe(true)
  return Document.parse(parser.parse(text)).testsuites
}

const caseOf = (run: Run, arm: string): z.infer<typeof Case> | undefined =>
  parsed(run)
    .testsuite.flatMap((suite) => suite.testcase)
    .find(({ name }) => name === arm)

/** The example with one arm judged otherwise. */
const judged = (name: string, change: Partial<ArmRun>): Run => {
  const run = exampleRun()
  for (const scenario of run.scenarios)
    scenario.arms = scenario.arms.map((arm) => (arm.name === name ? { ...arm, asExpected: false, ...change } : arm))
  return run
}

const runs: readonly (readonly [string, Run])[] = [
  ['a whole', exampleRun()],
  ['a cut off', cutOffRun()],
  ['a busy', busyRun()],
  ['a surprising', twoScenarioRun()],
  ['a throttled', throttlingRun()],
  ['an episodic', episodeRun()],
  ['a hostile', hostileRun()],
  ['a hostile episodic', hostileEpisodeRun()],
]

describe('the JUnit file', () => {
  it.each([
    ['junit.xml', twoScenarioRun()],
    ['cut-off.xml', cutOffRun()],
    ['busy.xml', busyRun()],
    ['episodes.xml', episodeRun()],
  ])('is the golden file %s', async (file, run) => {
    await expect(junit(run)).toMatchFileSnapshot(`../../test/fixtures/report/${file}`)
  })

  it.each(runs)('has a suite for each scenario of %s run, and a case for each arm', (_, run) => {
    const cases = parsed(run).testsuite.map((suite) => [suite.name, suite.testcase.map(({ name }) => name)])
    const arms = run.scenarios.map((scenario) => [scenario.slug, scenario.arms.map(({ name }) => name)])
    expect(cases.slice(0, arms.length)).toEqual(arms)
  })

  it.each(runs)('counts what %s run has, in each suite and in all of them', (_, run) => {
    const all = parsed(run)
    for (const [counted, cases] of [
      [all, all.testsuite.flatMap((suite) => suite.testcase)],
      ...all.testsuite.map((suite) => [suite, suite.testcase] as const),
    ] as const) {
      expect(counted).toMatchObject({
        tests: cases.length,
        failures: cases.filter(({ failure }) => failure).length,
        errors: cases.filter(({ error }) => error).length,
      })
      expect(counted.time).toBeCloseTo(
        cases.reduce((sum, { time }) => sum + time, 0),
        6,
      )
    }
    for (const { skipped, testcase } of all.testsuite) expect(skipped).toBe(testcase.filter((each) => each.skipped).length)
  })

  it('gives an arm the time of the windows of all its trials, those of control a second time among them', () => {
    expect(caseOf(exampleRun(), 'control')?.time).toBe(4 * 6)
    expect(caseOf(exampleRun(), 'incident')?.time).toBe(2 * 6)
  })

  it('says with each suite what would repeat it', () => {
    expect(parsed(exampleRun()).testsuite[0]?.properties.property).toEqual([
      {
        name: 'command',
        value:
          'npx lab run http2-hot-pod --quick --arm l7-proxy,client-side,max-connection-age,more-replicas --blocks 2 --kubernetes v1.34 --seed 20260512',
      },
      { name: 'mode', value: 'quick' },
      { name: 'seed', value: '20260512' },
      { name: 'lab', value: '0.1.0, commit 6f1c0de5ab1e0c0ffee0123456789abcdef01234' },
      { name: 'kubernetes', value: 'v1.34.1 on kind' },
      { name: 'node image', value: 'kindest/node:v1.34.1, docker.io, by digest' },
      { name: 'docker engine', value: '28.3.2' },
      { name: 'node.js', value: 'v24.21.0' },
    ])
  })

  it('has neither failures nor errors where every arm is as expected', () => {
    expect(parsed(exampleRun())).toMatchObject({ tests: 6, failures: 0, errors: 0 })
  })

  it('calls another verdict than the expected one a failure, with the reason and the proof', () => {
    const run = judged('l7-proxy', {
      verdict: 'mitigated',
      reason: 'p99 446 ms\nnot < 68 ms & "more"',
      proof: ['seen: 1', "'2'"],
    })
    expect(caseOf(run, 'l7-proxy')).toEqual({
      classname: 'http2-hot-pod',
      name: 'l7-proxy',
      time: 12,
      failure: {
        type: 'mitigated',
        message: 'mitigated, not fixed: p99 446 ms not < 68 ms & "more"',
        '#text': `p99 446 ms\nnot < 68 ms & "more"\nseen: 1\n'2'`,
      },
    })
  })

  it('says what was expected where its name begins with no or not', () => {
    const run = judged('more-replicas', { verdict: 'reproduced', expected: 'not-reproduced', reason: 'so it is' })
    expect(caseOf(run, 'more-replicas')?.failure?.message).toBe('reproduced, expected not reproduced: so it is')
  })

  it('calls an arm without an answer an error', () => {
    const run = judged('l7-proxy', { verdict: 'inconclusive', reason: 'not measured: top share' })
    const found = caseOf(run, 'l7-proxy')
    expect(found?.failure).toBeUndefined()
    expect(found?.error).toMatchObject({
      type: 'inconclusive',
      message: 'inconclusive, not fixed: not measured: top share',
    })
  })

  it('calls a skipped scenario skipped, with the reason', () => {
    const run = episodeRun()
    const suites = parsed(run).testsuite.slice(run.scenarios.length)
    expect(suites.map(({ name, tests, skipped, testcase }) => [name, tests, skipped, testcase[0]?.skipped?.message])).toEqual(
      run.skipped.map(({ slug, reason }) => [slug, 1, 1, reason]),
    )
  })

  it('has an error of its own where the run was cut off: scenarios that it did not come to are not in it', () => {
    expect(caseOf({ ...exampleRun(), finishedAt: null, scenarios: [] }, 'is complete')?.error?.message).toBe(
      'This run was interrupted and is incomplete.',
    )
    expect(caseOf(exampleRun(), 'is complete')).toBeUndefined()
  })

  it('shows data as it is, without what XML has no way to write', () => {
    const data = 'a\u0000b\u0007c\u001b[31md\ud800e\uffffg]]>\u00e9\u{1f525}</failure><!-- & &amp; "\''
    const failure = caseOf(judged('l7-proxy', { verdict: 'worse', reason: data, proof: [] }), 'l7-proxy')?.failure
    expect(failure?.['#text']).toBe('abc[31mdeg]]>\u00e9\u{1f525}</failure><!-- & &amp; "\'')
    expect(failure?.message).toBe(`worse, not fixed: ${failure?.['#text']}`)
  })

  it.each(runs)('holds no forbidden character for %s run', (_, run) => {
    expect(withoutForbidden(junit(run))).toBe(junit(run))
  })
})

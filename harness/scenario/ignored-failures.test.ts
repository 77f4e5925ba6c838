import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { judgeScenario, measuredOf } from '../judge/judge-run.ts'
import { allAccepted } from '../test/fixtures/accepted-runs.ts'
import { problemsWith } from '../test/fixtures/problems-with.ts'
import { root } from '../test/fixtures/lab-command.ts'
import type { LabError } from '../model/lab-error.ts'
import { chooseScenarios, loadScenarios } from './load-scenarios.ts'

afterEach(() => vi.unstubAllEnvs())

const share = "metric('failed_requests').atMost({ times: 0.005, of: 'requests' }),"
const before = (rule: string): string => `${share}\n      ${rule}`
const latency = "metric('latency_p99').atMost({ times: 1.25"

test.each([
  ['healthy', share, ''],
  ['fixed', before(latency), latency],
])('under steady load %s has to look at failed requests', async (verdict, text, without) => {
  const { problems } = await problemsWith('http2-hot-pod', text, without)
  expect(problems).toEqual([
    expect.stringMatching(
      new RegExp(`^\\d+: expect\\.${verdict}: says nothing of failed requests: .*metric\\('failed_requests'\\)\\.atMost`),
    ),
  ])
})

test('every scenario of the lab, and the one that a new scenario begins as, looks at them', async () => {
  const template = (await chooseScenarios([join(root, 'harness/scenario/template')]).catch((error: unknown) => error)) as LabError
  expect(template.details.evidence?.filter((line) => line.includes('failed requests'))).toEqual([])
  await expect(loadScenarios()).resolves.toHaveLength(6)
})

const steady = (await loadScenarios()).filter(({ scenario }) => scenario.trial.kind === 'steady')

test.each(steady)(
  '$scenario.slug: a fix of which 60 % of the requests fail is not fixed, and such a control is not healthy',
  async ({ scenario }) => {
    const runs = (await allAccepted()).map(measuredOf)
    const [run] = runs.filter(({ scenarios }) => scenarios.some(({ slug }) => slug === scenario.slug))
    const measured = run?.scenarios[0]
    if (!run || !measured) throw new Error(`there is no accepted run of ${scenario.slug}`)
    const failing = (arm: string) => ({
      ...measured,
      method: { ...measured.method, expect: scenario.expect },
      trials: measured.trials.map((trial) =>
        trial.arm === arm
          ? { ...trial, metrics: { ...trial.metrics, failed_requests: Math.ceil((trial.metrics.requests ?? 0) * 0.6) } }
          : trial,
      ),
    })
    const verdictWith = async (arm: string) =>
      (await judgeScenario(failing(arm), run.seed)).arms.find(({ name }) => name === arm)?.verdict
    for (const { name, kind } of measured.arms.filter((arm) => arm.kind === 'fix' || arm.kind === 'control'))
      expect([name, await verdictWith(name)]).not.toEqual([name, kind === 'fix' ? 'fixed' : 'healthy'])
    const judged = await judgeScenario(failing('none'), run.seed)
    expect(judged.arms.map(({ name, verdict }) => [name, verdict])).toEqual(
      judged.arms.map(({ name, expected }) => [name, expected]),
    )
  },
)

import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { problemsWith } from '../test/fixtures/problems-with.ts'
import { root } from '../test/fixtures/lab-command.ts'
import type { LabError } from '../model/lab-error.ts'
import { chooseScenarios, loadScenarios } from './load-scenarios.ts'

afterEach(() => vi.unstubAllEnvs())

const share = "metric('failed_requests').atMost({ times: 0.005, of: 'requests' }),"
const before = (rule: string): string => `${share}\n      ${rule}`
const latency = "metric('latency_p95').atMost({ times: 1.25"

test.each([
  ['healthy', share, ''],
  ['fixed', before(latency), latency],
])('under steady load %s has to look at failed requests', async (verdict, text, without) => {
  const { problems } = await problemsWith('http2-hot-pod', text, without)
  expect(problems).toEqual([
    expect.stringMatching(
      new RegExp(`^\\d+: expect\\.${verdict}: has no limit for failed requests: .*metric\\('failed_requests'\\)\\.atMost`),
    ),
  ])
})

test('every scenario of the lab, and the one that a new scenario begins as, looks at them', async () => {
  const template = (await chooseScenarios([join(root, 'harness/scenario/template')]).catch((error: unknown) => error)) as LabError
  expect(template.details.evidence?.filter((line) => line.includes('failed requests'))).toEqual([])
  await expect(loadScenarios(), 'none of them is refused').resolves.not.toHaveLength(0)
})

// `lab compare` beside changes that were made on purpose: where one breaks something the comparison names it.
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lab, temporaryFolder } from '../cluster/support.ts'

const ofFile = (name: string): string => join(import.meta.dirname, 'changes', `${name}.yaml`)

/** `breaks`: as the first line of the comparison names it. */
const injected = [
  { change: 'short-cfs-period', scenario: 'cpu-limit-throttling', breaks: 'raise-limit', words: ['--blocks', '6'] },
  { change: 'no-cfs-quota', scenario: 'cpu-limit-throttling', breaks: 'incident', words: ['--blocks', '6'] },
  { base: 'v1.36', change: 'stateful-set-max-unavailable', scenario: 'statefulset-stuck-rollback', breaks: 'parallel' },
  { change: ofFile('no-priority-admission'), scenario: 'missing-priority-class', breaks: 'priority-class' },
  { change: ofFile('no-webhooks'), scenario: 'webhook-deadlock', breaks: 'incident' },
  { change: ofFile('slow-endpoints'), scenario: 'rollout-drops-requests', breaks: 'pre-stop-sleep' },
  { change: ofFile('no-ephemeral-limits'), scenario: 'log-flood-disk-pressure', breaks: 'incident' },
]

afterAll(async () => {
  for (const side of ['base', 'change']) await lab(['--name', side, 'down'])
})

test.each(injected)('$change breaks $breaks of $scenario', async ({ base = 'default', change, scenario, breaks, words = [] }) => {
  const asked = ['--base', base, '--change', change, '--quick', '--arm', breaks, '--seed', '1', '--keep']
  const { exitCode, stdout, all } = await lab(['compare', scenario, ...asked, ...words, '--out', await temporaryFolder()])
  expect(exitCode, all).toBe(1)
  expect(stdout).toMatch(new RegExp(`^Regressed: ${scenario} \\([^)]*\\b${breaks}\\b`))
})

test('a kubelet that rotates no logs breaks nothing: it evicts the pod that wrote them first, with and without rotation', async () => {
  const asked = [
    '--base',
    'default',
    '--change',
    ofFile('no-log-rotation'),
    '--quick',
    '--arm',
    'log-rotation',
    '--seed',
    '1',
    '--keep',
  ]
  const { exitCode, all } = await lab(['compare', 'log-flood-disk-pressure', ...asked, '--out', await temporaryFolder()])
  expect(exitCode, all).toBe(0)
})

// `lab compare` for real: two clusters side by side, and what one of their platforms changes.
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listContainers } from '../../cluster/kind/engine.ts'
import { RunDiff } from '../../diff/run-diff.ts'
import { kill9, lab, said, temporaryFolder } from '../cluster/support.ts'

const nodesOfSides = (): Promise<readonly string[]> => listContainers('name=incident-lab-(base|change)-', '{{.Names}}')

const compare = async (change: string, ...words: string[]) => {
  onTestFinished(async () => {
    for (const side of ['base', 'change']) await lab(['--name', side, 'down'])
  })
  return [
    'compare',
    '--base',
    'default',
    '--change',
    change,
    '--quick',
    '--seed',
    '1',
    '--out',
    await temporaryFolder(),
    ...words,
  ]
}

test('a shorter CFS period is found as what it is, and nothing is left behind', async () => {
  const { exitCode, stdout, all } = await lab(
    await compare('short-cfs-period', 'cpu-limit-throttling', '--arm', 'raise-limit', '--blocks', '6', '--json'),
  )
  expect(exitCode, all).toBeLessThan(5)
  const diff = RunDiff.parse(JSON.parse(stdout))
  expect(diff.paired).toBe(true)
  expect(diff.environment).toContainEqual(expect.objectContaining({ what: 'platform', newer: 'short-cfs-period' }))
  const incident = diff.scenarios.flatMap(({ arms }) => arms).find(({ name }) => name === 'incident')
  expect(incident?.metrics.find(({ metric }) => metric === 'latency_p90')).toMatchObject({ answer: 'better' })
  expect(await nodesOfSides()).toEqual([])
})

test('a comparison that is killed leaves no cluster: both sides clean up by themselves', async () => {
  const running = lab(await compare('default', 'http2-hot-pod', '--arm', 'incident'))
  await said(running, /change .*wait for the nodes/)
  expect((await nodesOfSides()).length).toBeGreaterThan(4)
  await kill9(running, 'spared')
  await expect.poll(nodesOfSides, { timeout: 120_000, interval: 2_000 }).toEqual([])
})

test('Ctrl-C ends both sides, each with a report of what it measured', async () => {
  const words = await compare('default', 'http2-hot-pod', '--arm', 'incident')
  const out = words[words.indexOf('--out') + 1] ?? ''
  const running = lab(words)
  await said(running, /base .*block 1 of 8: measure/)
  running.kill('SIGINT')
  const { exitCode, all } = await running
  expect(exitCode, all).toBe(130)
  await expect.poll(nodesOfSides, { timeout: 120_000, interval: 2_000 }).toEqual([])
  for (const side of ['base', 'change']) expect(all).toContain(join(out, side))
})

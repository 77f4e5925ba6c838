// The scenario as a user runs it, and the shell that reads what its nodes did.
import { expect, test } from 'vitest'
import { provider } from '../../cluster/kind/provider.ts'
import { openShell } from '../../cluster/kind/shell.ts'
import { nodes, workers } from '../../cluster/kind/nodes.ts'
import { printFile } from '../../model/node-shell.ts'
import { skipIfHostWasBusy, skipIfNoisy } from './noise.ts'
import { armOf, expectVerdicts, quickRunOf, value } from './support.ts'

test('cpu-limit-throttling is as expected: only without its limit the service is fast', async (context) => {
  const run = await quickRunOf('cpu-limit-throttling')
  skipIfHostWasBusy(run, context)
  expectVerdicts(run, {
    incident: 'reproduced',
    'remove-limit': 'fixed',
    'more-replicas': 'no-effect',
    'noisy-neighbour': 'harmed',
    'noisy-neighbour-limited': 'unharmed',
  })
  expect(value(run, 'incident', 'throttled_ratio')).toBeGreaterThanOrEqual(0.25)
  expect(value(run, 'incident', 'cpu_use_of_limit')).toBeLessThanOrEqual(0.7)
  expect(value(run, 'incident', 'node_idle')).toBeGreaterThanOrEqual(0.5)
  expect(value(run, 'incident', 'pod_throttled_periods'), 'the pod has a quota of its own').toBeGreaterThan(0)
  expect(armOf(run, 'remove-limit').metrics.throttled_periods).toMatchObject({
    value: 0,
    blocks: [0, 1, 2].map((block) => ({ block, value: 0 })),
  })
  expect(value(run, 'remove-limit', 'cpu_request_millicores')).toBe(value(run, 'incident', 'cpu_request_millicores'))
  expect(run.scenarios[0]?.method.capacityRps).toBeGreaterThan(3)
})

test('the model of CFS quota says what p99 of cpu-limit-throttling is, to within 20 %', async (context) => {
  const run = await quickRunOf('cpu-limit-throttling')
  skipIfNoisy(run, 'latency_p99', context)
  const predicted = armOf(run, 'incident').predictions.find(({ metric }) => metric === 'latency_p99')?.predicted ?? NaN
  expect(Math.abs(predicted / value(run, 'incident', 'latency_p99') - 1)).toBeLessThanOrEqual(0.2)
})

test('a shell on a node answers again and again, prints nothing for a file that is not there, and ends when it is closed', async () => {
  expect((await provider.status()).state).toBe('ready')
  const [node = ''] = workers(await nodes())
  const shell = openShell(node)
  const asked = await Promise.all([1, 2, 3].map((each) => shell.run(`echo ${each}; ${printFile('/no/such/file')}`)))
  expect(asked).toEqual(['1', '2', '3'])
  expect(await shell.run(printFile('/etc/hostname'))).toBe(node)
  shell.close()
  await expect(shell.run('echo')).rejects.toThrow(`The shell on ${node} ended`)
  await expect(openShell('no-such-node').run('echo')).rejects.toMatchObject({
    details: { evidence: [expect.stringContaining('No such container')] },
  })
})

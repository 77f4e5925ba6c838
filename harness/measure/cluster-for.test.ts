import { expect, test } from 'vitest'
import type { Provider } from '../cluster/provider.ts'
import { uncounted } from '../model/phase.ts'
import type { ChosenScenario } from '../model/scenario.ts'
import { quietWork } from '../test/fixtures/quiet-work.ts'
import { Cleanup } from './cleanup.ts'
import { clusterFor } from './cluster-for.ts'

const chosen = (slug: string, shape: string) => ({ loaded: { scenario: { slug, shape } }, arms: [] }) as unknown as ChosenScenario

test('scenarios that need clusters of different shapes are refused before a cluster is asked for, each with its shape', async () => {
  const cleanup = new Cleanup()
  const rest = { platform: undefined, kubernetes: undefined, workers: undefined, offline: true, replace: false, keep: false }
  const options = { ...quietWork, ...rest, provider: {} as Provider }
  const asking = clusterFor(options, [chosen('http2-hot-pod', 'lab'), chosen('my-scenario', 'one-node')], cleanup, uncounted)
  await expect(asking).rejects.toMatchObject({
    message: 'These scenarios need clusters of different shapes',
    exit: 'usage',
    details: { evidence: ['http2-hot-pod: lab', 'my-scenario: one-node'], next: 'run the scenarios of one shape at a time' },
  })
  expect(await cleanup.run()).toEqual([])
})
